/** The phone's clock beside the server's; the same rules as app/devices/rules/clocks.py. */

const SKEW_TOLERATED = 120_000;

/**
 * The phone's time, put right by its offset and held between its contacts with the server.
 * @param {number} at @param {number} offset
 * @param {number|null} before @param {number|null} after
 */
export function scanTime(at, offset, before, after) {
  let time = at + offset;
  if (after !== null) time = Math.min(time, after);
  if (before !== null) time = Math.max(time, before);
  return time;
}

/**
 * Whether the phone's clock was more than two minutes from the time that counts.
 * @param {number} at @param {number} time
 */
export function isSkewed(at, time) {
  return Math.abs(at - time) > SKEW_TOLERATED;
}

/**
 * How far this phone's clock is behind the server's, from a stamp that came in between.
 * @param {string} stamp @param {number} sent @param {number} received
 */
export function offsetBy(stamp, sent, received) {
  const there = Date.parse(stamp.slice(0, stamp.lastIndexOf(".")));
  return Math.round(there - (sent + received) / 2);
}
