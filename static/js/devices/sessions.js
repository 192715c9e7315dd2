/**
 * Which sitting of a course this phone may scan for beside the one of its own gate; the same
 * rules as app/devices/rules/sessions.py.
 *
 * @typedef {import("./doors.js").Doors} Doors
 * @typedef {{gate: string, title: string, starts: number, ends: number}} Choice
 */

/** A door that was chosen lets in so long before its sitting, and until the sitting ends. */
const EARLY_MS = 2 * 3_600_000;

/**
 * The doors with the hours of those that somebody may choose: around their sitting alone.
 * @param {Doors} doors @param {string} own
 * @returns {Doors}
 */
export function doorsOfPhone(doors, own) {
  const sittings = new Map(doors.sessions.map((one) => [one.id, one]));
  const terms = doors.terms.map((one) => {
    const sitting = one.gate === "" || one.gate === own ? undefined : sittings.get(one.session ?? "");
    if (!sitting) return one;
    return { ...one, opens: one.opens ?? sitting.starts - EARLY_MS, closes: one.closes ?? sitting.ends };
  });
  return { ...doors, terms };
}

/**
 * The doors of sittings that may be chosen now.
 * @param {Doors} doors @param {string} own @param {number} time
 * @returns {Choice[]}
 */
export function choicesAt(doors, own, time) {
  const sittings = new Map(doors.sessions.map((one) => [one.id, one]));
  return doorsOfPhone(doors, own).terms.flatMap(({ gate, opens, closes, session }) => {
    const sitting = sittings.get(session ?? "");
    const open = (opens ?? time) <= time && time <= (closes ?? time);
    if (gate === "" || gate === own || !sitting || !open) return [];
    return [{ gate, title: sitting.title ?? "", starts: sitting.starts, ends: sitting.ends }];
  });
}
