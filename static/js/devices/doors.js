/**
 * The doors of one event: their hours, whom they take, and which session a scan belongs to; the
 * same rules as app/devices/rules/doors.py.
 *
 * @typedef {{entries: "once"|"daily"|"many", reentry: boolean}} EntryRule
 * @typedef {{id: string, starts: number, ends: number, title?: string}} ListedSession
 * @typedef {{event: string|null, opens: number|null, closes: number|null,
 *            kinds: string[]|null, entry: EntryRule}} Door
 * @typedef {{gate: string, opens: number|null, closes: number|null, kinds: string[]|null,
 *            session: string|null}} Terms
 * @typedef {{entry: EntryRule, terms: Terms[], sessions: ListedSession[]}} Doors
 */

/** The rules of a gate that has none of its own, and no other gate has. */
const NO_TERMS = { gate: "", opens: null, closes: null, kinds: null, session: null };
const NO_SESSION = "0";

/**
 * The session that a scan at this time belongs to: the nearest; null where there is none.
 * @param {number} time @param {ListedSession[]} sessions
 */
export function sessionAt(time, sessions) {
  /** @param {ListedSession} session */
  const away = (session) => Math.max(session.starts - time, time - session.ends, 0);
  /** @param {ListedSession} one @param {ListedSession} other */
  const sooner = (one, other) =>
    (away(one) - away(other) || one.starts - other.starts || byNumber(one.id, other.id)) < 0;
  let nearest = null;
  for (const session of sessions) {
    if (nearest === null || sooner(session, nearest)) nearest = session;
  }
  return nearest === null ? null : nearest.id;
}

/** @param {string} one @param {string} other */
export function compare(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** @param {string} one @param {string} other both whole numbers, too large for a number of JS */
function byNumber(one, other) {
  return one.length - other.length || compare(one, other);
}

/**
 * The list of arrivals that a scan at this gate and time belongs to.
 * @param {Doors} doors @param {string} gate @param {number} time
 */
export function sessionOf(doors, gate, time) {
  return termsAt(doors, gate).session ?? sessionAt(time, doors.sessions) ?? NO_SESSION;
}

/** @param {Doors} doors @param {string} gate */
function termsAt({ terms }, gate) {
  const termsOf = (/** @type {string} */ name) => terms.find((own) => own.gate === name);
  return termsOf(gate) ?? termsOf("") ?? NO_TERMS;
}

/**
 * The rules at a gate: its own where it has any, else the event's.
 * @param {string} event @param {Doors} doors @param {string} gate
 * @returns {Door}
 */
export function doorAt(event, doors, gate) {
  const { opens, closes, kinds } = termsAt(doors, gate);
  return { event, opens, closes, kinds, entry: doors.entry };
}
