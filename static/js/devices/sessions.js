/**
 * Which session of a course this phone may scan for beside the one of its own gate; the same
 * rules as app/devices/rules/sessions.py.
 *
 * @typedef {import("./doors.js").Doors} Doors
 * @typedef {{gate: string, title: string, starts: number, ends: number}} Choice
 */

/** A door that was chosen lets in so long before its session, and until the session ends. */
const EARLY_MS = 2 * 3_600_000;

/**
 * The doors with the hours of those that somebody may choose: around their session alone.
 * @param {Doors} doors @param {string} own
 * @returns {Doors}
 */
export function doorsOfPhone(doors, own) {
  const sessions = new Map(doors.sessions.map((session) => [session.id, session]));
  const terms = doors.terms.map((rules) => {
    const { gate, opens, closes } = rules;
    const session = gate === "" || gate === own ? undefined : sessions.get(rules.session ?? "");
    if (!session) return rules;
    return { ...rules, opens: opens ?? session.starts - EARLY_MS, closes: closes ?? session.ends };
  });
  return { ...doors, terms };
}

/**
 * The doors of sessions that may be chosen now.
 * @param {Doors} doors @param {string} own @param {number} time
 * @returns {Choice[]}
 */
export function choicesAt(doors, own, time) {
  const sessions = new Map(doors.sessions.map((session) => [session.id, session]));
  return doorsOfPhone(doors, own).terms.flatMap(({ gate, opens, closes, session: id }) => {
    const session = sessions.get(id ?? "");
    const open = (opens ?? time) <= time && time <= (closes ?? time);
    if (gate === "" || gate === own || !session || !open) return [];
    return [{ gate, title: session.title ?? "", starts: session.starts, ends: session.ends }];
  });
}
