/**
 * What the door answers to one scan, and what stands when all scans of a ticket are looked at
 * together. The same rules as app/checkin/rules; tests/checkin/cases.json holds both to it.
 *
 * @typedef {"entry"|"exit"|"annul"} Kind
 * @typedef {import("../devices/doors.js").EntryRule} EntryRule
 * @typedef {import("../devices/doors.js").Door} Door
 * @typedef {{id: string, device: string, gate: string, kind: Kind, time: number,
 *            green: boolean, annuls?: string|null}} Move
 * @typedef {"valid"|"cancelled"|"waitlisted"|"revoked"|"unknown"|"forged"} TicketState
 * @typedef {{event: string, state: TicketState, kind: string}} Ticket
 * @typedef {{answer: string, reason: string|null, override: string|null,
 *            first: Move|null}} Verdict
 * @typedef {{epoch: number, winner: Move}} Admission
 * @typedef {{epoch: number, first: Move, other: Move}} Conflict
 * @typedef {{admissions: Admission[], conflicts: Conflict[], inside: boolean}} Standing
 */
import { compare } from "../devices/doors.js";

const EPOCHS_A_DAY = 1000;
const DAY = 86_400_000;
/** Ordinal of 1970-01-01 in Python's proleptic calendar. */
const ORDINAL_1970 = 719_163;

const COPENHAGEN = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/Copenhagen",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/**
 * The day in Copenhagen as a running number.
 * @param {number} time
 */
export function localDay(time) {
  const [year, month, day] = COPENHAGEN.format(new Date(time)).split("-").map(Number);
  return Date.UTC(year, month - 1, day) / DAY + ORDINAL_1970;
}

/**
 * A total order of moves: time, device, id.
 * @param {Move} one @param {Move} other
 */
function inOrder(one, other) {
  return one.time - other.time || compare(one.device, other.device) || compare(one.id, other.id);
}

/**
 * Exits and green entries that no scan annuls, each once, in order.
 * @param {Move[]} moves
 */
export function living(moves) {
  const once = new Map(moves.map((move) => [move.id, move]));
  const undone = new Set();
  for (const move of once.values()) if (move.kind === "annul") undone.add(move.annuls);
  return [...once.values()]
    .filter((move) => !undone.has(move.id))
    .filter((move) => move.kind === "exit" || (move.kind === "entry" && move.green))
    .sort(inOrder);
}

/**
 * For each move the number of exits before it; where one may enter often, of entries;
 * on a daily list every day begins anew.
 * @param {Move[]} walked @param {EntryRule} rule
 */
export function epochs(walked, rule) {
  const counted = rule.entries === "many" ? "entry" : "exit";
  const numbers = [];
  let day = 0;
  let passed = 0;
  for (const move of walked) {
    if (rule.entries === "daily" && localDay(move.time) !== day) {
      day = localDay(move.time);
      passed = 0;
    }
    numbers.push(day * EPOCHS_A_DAY + passed);
    if (move.kind === counted) passed += 1;
  }
  return numbers;
}

/**
 * The epochs among which one entry is allowed; without re-entry exits open nothing.
 * @param {number} epoch @param {EntryRule} rule
 */
function turn(epoch, rule) {
  if (rule.reentry) return epoch;
  return rule.entries === "daily" ? Math.floor(epoch / EPOCHS_A_DAY) : 0;
}

/**
 * The entry that stands in the way of this one, wherever it stands in the epoch.
 * @param {Move} move @param {Move[]} past @param {EntryRule} rule
 * @returns {Move|null}
 */
export function earlierEntry(move, past, rule) {
  if (rule.entries === "many") return null;
  const walked = [...living(past).filter((other) => other.id !== move.id), move].sort(inOrder);
  const turns = epochs(walked, rule).map((epoch) => turn(epoch, rule));
  const mine = turns[walked.indexOf(move)];
  const earlier = walked.find(
    (other, at) => turns[at] === mine && other.kind === "entry" && other !== move,
  );
  return earlier ?? null;
}

/**
 * Admissions, conflicts and presence that follow from the scans of one ticket on one list.
 * @param {Move[]} moves @param {EntryRule} rule
 * @returns {Standing}
 */
export function standing(moves, rule) {
  const walked = living(moves);
  const numbers = epochs(walked, rule);
  /** @type {Map<number, Move[]>} */
  const byEpoch = new Map();
  walked.forEach((move, at) => {
    if (move.kind !== "entry") return;
    byEpoch.set(numbers[at], [...(byEpoch.get(numbers[at]) ?? []), move]);
  });
  const ordered = [...byEpoch.entries()].sort((one, other) => one[0] - other[0]);
  return {
    admissions: ordered.map(([epoch, entries]) => ({ epoch, winner: entries[0] })),
    conflicts: conflicts(ordered, rule),
    inside: walked.length > 0 && walked[walked.length - 1].kind === "entry",
  };
}

/**
 * @param {[number, Move[]][]} ordered @param {EntryRule} rule
 * @returns {Conflict[]}
 */
function conflicts(ordered, rule) {
  if (rule.entries === "many") return [];
  /** @type {Map<number, {epoch: number, entry: Move}[]>} */
  const turns = new Map();
  for (const [epoch, entries] of ordered) {
    const key = turn(epoch, rule);
    const pairs = entries.map((entry) => ({ epoch, entry }));
    turns.set(key, [...(turns.get(key) ?? []), ...pairs]);
  }
  const clashes = [];
  for (const [first, ...others] of turns.values()) {
    for (const { epoch, entry } of others) {
      if (entry.device !== first.entry.device) {
        clashes.push({ epoch, first: first.entry, other: entry });
      }
    }
  }
  return clashes.sort((one, other) => inOrder(one.other, other.other));
}

/**
 * Why an entry with this ticket at this door and time is refused, whoever came before.
 * @param {Ticket} ticket @param {Door} door @param {number} time
 * @returns {string|null}
 */
export function refusal(ticket, door, time) {
  if (door.event !== null && ticket.event !== door.event) return "wrong_event";
  if (["revoked", "cancelled", "waitlisted"].includes(ticket.state)) return ticket.state;
  if (door.kinds !== null && !door.kinds.includes(ticket.kind)) return "rule";
  if (door.opens !== null && time < door.opens) return "not_yet";
  if (door.closes !== null && time > door.closes) return "too_late";
  return null;
}

/**
 * What the rules say of this move; `past` are the ticket's moves on the same list.
 * @param {Ticket} ticket @param {Door} door @param {Move} move @param {Move[]} past
 * @returns {Verdict}
 */
export function verdict(ticket, door, move, past) {
  if (ticket.state === "unknown" || ticket.state === "forged") return saying(ticket.state);
  if (move.kind === "annul") return saying("annulled");
  if (move.kind === "exit") return saying("exit");
  const reason = refusal(ticket, door, move.time);
  if (reason !== null) return { ...saying("refused"), reason };
  const first = earlierEntry(move, past, door.entry);
  return first ? { ...saying("already"), first } : saying("admitted");
}

/**
 * The verdict on an entry that was decided offline: what the person was told is a fact.
 * @param {Verdict} ruled @param {boolean} green
 * @returns {Verdict}
 */
export function asTold(ruled, green) {
  if (!["admitted", "already", "refused"].includes(ruled.answer)) return ruled;
  if (!green) {
    return ruled.answer === "admitted" ? { ...saying("refused"), reason: "rule" } : ruled;
  }
  if (ruled.answer === "admitted") return ruled;
  return { ...ruled, answer: "admitted", reason: null, override: ruled.reason ?? ruled.answer };
}

/**
 * @param {string} answer
 * @returns {Verdict}
 */
function saying(answer) {
  return { answer, reason: null, override: null, first: null };
}
