/**
 * What stands when all scans of a ticket are looked at together: a pure function of the set of its
 * scans. The same as app/checkin/rules/folding.py; tests/checkin/cases.json holds both to it.
 *
 * @typedef {"entry"|"exit"|"annul"} Kind
 * @typedef {import("../devices/doors.js").EntryRule} EntryRule
 * @typedef {{id: string, device: string, gate: string, kind: Kind, time: number,
 *            green: boolean, annuls?: string|null, admits?: number|null, seats?: number}} Move
 *            `seats`: for how many the ticket was, `admits`: how many of them came in, all who had
 *            not come yet where it is missing
 * @typedef {{epoch: number, winner: Move, number: number, admits: number}} Admission
 * @typedef {{epoch: number, first: Move, other: Move, excess: number}} Conflict
 * @typedef {{epoch: number, move: Move, admits: number, excess: number}} Entry `admits`: how many
 *            came for the first time, `excess`: how many too many
 * @typedef {{admissions: Admission[], conflicts: Conflict[], inside: boolean}} Standing
 */
import { compare } from "../devices/doors.js";

const EPOCHS_A_DAY = 1000;
const DAY = 86_400_000;
/** Ordinal of 1970-01-01 in Python's proleptic calendar. */
const ORDINAL_1970 = 719_163;

const COPENHAGEN = new Intl.DateTimeFormat("en", {
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
  // By type, for in which order and with what between browsers write them differs.
  const parts = COPENHAGEN.formatToParts(new Date(time));
  const [year, month, day] = ["year", "month", "day"].map((type) =>
    Number(parts.find((part) => part.type === type)?.value),
  );
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
 * How many of an entry's people have a seat, where so many came before, and how many none.
 * @param {Move} move @param {number} came @param {number} seats of the ticket, where the move is older
 */
function sharedOut(move, came, seats) {
  const all = move.seats ?? seats;
  const room = Math.max(0, all - came);
  if (move.admits == null) return room > 0 ? { admits: room, excess: 0 } : { admits: 0, excess: all };
  const wanted = Math.min(move.admits, all);
  return { admits: Math.min(wanted, room), excess: Math.max(0, wanted - room) };
}

/**
 * The entries among moves in order. A group that has left comes back as a whole, so its return
 * brings nobody new; who had not come yet may follow.
 * @param {Move[]} walked @param {EntryRule} rule @param {number} [seats]
 * @returns {Entry[]}
 */
function entriesOf(walked, rule, seats = 1) {
  /** @type {Entry[]} */
  const entries = [];
  let [came, day, left] = [0, -1, false];
  epochs(walked, rule).forEach((epoch, at) => {
    const move = walked[at];
    const today = Math.floor(epoch / EPOCHS_A_DAY);
    if (rule.entries === "daily" && today !== day) [came, day, left] = [0, today, false];
    if (move.kind === "exit") {
      left = rule.reentry;
      return;
    }
    const returns = left && came > 0;
    const { admits, excess } = returns ? { admits: 0, excess: 0 } : sharedOut(move, came, seats);
    entries.push({ epoch, move, admits, excess });
    [came, left] = [came + admits, false];
  });
  return entries;
}

/**
 * How many came by these moves: on the day of one of them where each day begins anew.
 * @param {Move[]} moves @param {Move} dayOf @param {EntryRule} rule @param {number} [seats]
 */
export function cameBy(moves, dayOf, rule, seats = 1) {
  const day = rule.entries === "daily" ? localDay(dayOf.time) : null;
  return entriesOf(living(moves), rule, seats)
    .filter(({ move }) => day === null || localDay(move.time) === day)
    .reduce((sum, { admits }) => sum + admits, 0);
}

/**
 * Admissions, conflicts and presence that follow from the scans of one ticket on one list.
 * @param {Move[]} moves @param {EntryRule} rule
 * @returns {Standing}
 */
export function standing(moves, rule) {
  const walked = living(moves);
  const entries = entriesOf(walked, rule);
  return {
    admissions: admissions(entries),
    conflicts: conflicts(entries, rule),
    inside: walked.length > 0 && walked[walked.length - 1].kind === "entry",
  };
}

/**
 * The first entry of each epoch, and each later one with more of a group.
 * @param {Entry[]} entries
 * @returns {Admission[]}
 */
function admissions(entries) {
  /** @type {Admission[]} */
  const found = [];
  for (const { epoch, move, admits } of entries) {
    const last = found[found.length - 1];
    const same = last !== undefined && last.epoch === epoch;
    if (!same || admits > 0) {
      found.push({ epoch, winner: move, number: same ? last.number + 1 : 0, admits });
    }
  }
  return found;
}

/**
 * Of entries in order: those that let in more than the ticket is for.
 * @param {Entry[]} entries @param {EntryRule} rule
 * @returns {Conflict[]}
 */
function conflicts(entries, rule) {
  if (rule.entries === "many") return [];
  /** @type {Map<number, Entry[]>} */
  const turns = new Map();
  const clashes = [];
  for (const entry of entries) {
    const key = turn(entry.epoch, rule);
    const earlier = turns.get(key) ?? [];
    turns.set(key, [...earlier, entry]);
    const first = entry.excess > 0 ? byAnotherPhone(earlier, entry) : undefined;
    if (first) {
      clashes.push({ epoch: entry.epoch, first: first.move, other: entry.move, excess: entry.excess });
    }
  }
  return clashes.sort((one, other) => inOrder(one.other, other.other));
}

/**
 * The entry that one stands against: the first of its turn, else one with more of the group.
 * @param {Entry[]} earlier @param {Entry} entry
 */
function byAnotherPhone(earlier, entry) {
  return earlier.find(
    ({ move, admits }, place) => move.device !== entry.move.device && (place === 0 || admits > 0),
  );
}
