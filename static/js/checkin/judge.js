/**
 * The phone's own verdict on a code: what the list knows of it, and the rules over the moves that
 * are known here. Without network this is what the person is told.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./store.js").List} List
 * @typedef {import("./store.js").KeptMove} KeptMove
 * @typedef {import("./verdict.js").Verdict} Verdict
 * @typedef {{ticket: import("./verdict.js").Ticket, key: string|null, listed: boolean,
 *            moves: KeptMove[], unsure?: Doubt, name?: string, notes?: string,
 *            seats?: number, newer?: KeptMove[], linked?: boolean, remembered?: boolean}} Seen
 * @typedef {"short_waits"|"short_new"|"unverified"} Doubt why this phone cannot judge by itself
 * @typedef {{seen: Seen, move: KeptMove, ruled: Verdict}} Judged
 */
import { decrypted, isSigned, keysOf, shortIndex } from "../devices/crypto.js";
import { doorAt, sessionOf } from "../devices/doors.js";
import { readCode, readShort } from "./codes.js";
import { typedKey } from "./typed_codes.js";
import { living } from "./folding.js";
import { verdict } from "./verdict.js";

/**
 * What the list tells of a code.
 * @param {Store} store @param {List} list @param {string} code
 * @param {import("./names.js").Names} names
 * @returns {Promise<Seen>}
 */
async function seenBy(store, list, code, names) {
  const parsed = readCode(code);
  if (parsed) return seenTicket(store, list, parsed);
  const short = readShort(code);
  return short === null ? without("unknown", list.event) : seenShort(store, list, short, names);
}

/**
 * @param {Store} store @param {List} list @param {string} short
 * @param {import("./names.js").Names} names
 * @returns {Promise<Seen>}
 */
async function seenShort(store, list, short, names) {
  const bearer = names.bearer(short);
  const theirs = bearer && entered(await store.known(list.number, bearer.key), list.event);
  const index = () => shortIndex(short, Number(list.event));
  if (theirs) {
    // By name no slow hash is needed, unless somebody was let in under one.
    const typed = (await store.anyTyped()) ? [typedKey(await index())] : [];
    return { ...bearer, ...theirs, ...(await joined(store, theirs, [...bearer.was, ...typed])) };
  }
  const known = await store.knownByShort(list.number, await index());
  const { key, moves } = known;
  // A new ticket's short code comes to the list some time after the ticket.
  const unsure = list.unhashed ? "short_waits" : "short_new";
  return entered(known, list.event) ?? { ...without("unknown", list.event), key, moves, unsure };
}

/**
 * @param {Store} store @param {List} list @param {import("./codes.js").TicketCode} code
 * @returns {Promise<Seen>}
 */
async function seenTicket(store, list, code) {
  const event = String(code.event);
  // Another event's signature cannot be told from a forged one here, and is refused either way.
  if (event !== list.event) return without("valid", event);
  const { index, entry } = await keysOf(code.signature, code.event);
  const known = await store.known(list.number, index);
  const listed = entered(known, event);
  if (known.entry && listed) {
    // Whoever has the entry's key has the signature itself: nothing is left to verify.
    const { name, notes, seats, was, next } = (await decrypted(entry, known.entry.box)) ?? {};
    const newer = next === undefined ? [] : await store.movesOf([next]);
    return { ...listed, ...(await joined(store, listed, was)), name, notes, seats, newer };
  }
  const genuine = await isSigned(list.publicKey, code.signature, code.payload);
  if (genuine === null) {
    return { ...without("unknown", event), key: index, moves: known.moves, unsure: "unverified" };
  }
  if (!genuine) return without("forged", event);
  const state = list.revoked.includes(code.ticket) ? "revoked" : "valid";
  return { ...without(state, event), key: index, moves: known.moves };
}

/**
 * A ticket's moves with those of the tickets that it replaced: one guest, whichever is shown.
 * @param {Store} store @param {Seen} seen @param {string[]} [was]
 */
async function joined(store, { moves }, was = []) {
  const before = await store.movesOf(was);
  return { moves: [...moves, ...before], linked: before.length > 0 };
}

/**
 * What an entry says; null where there is none.
 * @param {import("./store.js").Known|null} known @param {string} event
 * @returns {Seen|null}
 */
function entered(known, event) {
  if (!known?.entry) return null;
  const { entry, moves } = known;
  const state = /** @type {import("./verdict.js").TicketState} */ (entry.state);
  const ticket = { event, state, kind: entry.kind ?? "single", seats: entry.seats ?? 1 };
  return { ticket, key: entry.key, listed: true, moves };
}

/**
 * @param {import("./verdict.js").TicketState} state @param {string} event
 * @returns {Seen}
 */
function without(state, event) {
  return { ticket: { event, state, kind: "single" }, key: null, listed: false, moves: [] };
}

/**
 * The phone's verdict on a move with this code.
 * @param {Store} store @param {List} list @param {string} code
 * @param {import("./names.js").Names} names @param {Omit<KeptMove, "key"|"session">} move
 * @returns {Promise<Judged>}
 */
export async function judged(store, list, code, names, move) {
  const seen = await seenBy(store, list, code, names);
  const { session, ruled } = ruledOn(list, seen.ticket, move, seen.moves);
  const came = earliest(seen.newer ?? [], session);
  const withArrival = ruled.reason === "revoked" && came ? { ...ruled, first: came } : ruled;
  const again = seen.unsure ? remembered(list, move, arrivals(seen.moves, session)) : null;
  if (again) {
    delete seen.unsure;
    seen.remembered = true;
  }
  const { seats } = seen.ticket;
  const kept = { ...move, key: seen.key ?? "", session, ...(seats && seats > 1 ? { seats } : {}) };
  return { seen, move: kept, ruled: again ?? withArrival };
}

/**
 * What follows for a code that cannot be judged from having let it in before; null where nothing
 * does. Then nobody asked the door's hours, so they are not asked now.
 * @param {List} list @param {import("./folding.js").Move} move @param {KeptMove[]} past
 */
function remembered(list, move, past) {
  if (living(past).length === 0) return null;
  const ticket = { event: list.event, state: /** @type {const} */ ("valid"), kind: "single" };
  const { entry } = list.doors;
  const door = { event: list.event, opens: null, closes: null, kinds: null, entry };
  const ruled = verdict(ticket, door, move, past);
  return ruled.answer === "admitted" ? null : ruled;
}

/**
 * The entry that stands first on a list of arrivals.
 * @param {KeptMove[]} moves @param {string} session
 */
function earliest(moves, session) {
  return living(arrivals(moves, session)).find(({ kind }) => kind === "entry") ?? null;
}

/**
 * Those of a ticket's moves that are on one list of arrivals; an undo reaches its scan on any.
 * @template {Omit<KeptMove, "key">} Some
 * @param {Some[]} moves @param {string} session
 */
function arrivals(moves, session) {
  return moves.filter((move) => move.session === session || move.kind === "annul");
}

/**
 * The list of arrivals a move belongs to, and the verdict on it; `past` are the ticket's moves on
 * all lists of the event.
 * @param {Pick<List, "event"|"doors">} list @param {import("./verdict.js").Ticket} ticket
 * @param {import("./folding.js").Move} move @param {Omit<KeptMove, "key">[]} past
 */
export function ruledOn(list, ticket, move, past) {
  const session = sessionOf(list.doors, move.gate, move.time);
  const others = arrivals(past, session);
  return { session, ruled: verdict(ticket, doorAt(list.event, list.doors, move.gate), move, others) };
}
