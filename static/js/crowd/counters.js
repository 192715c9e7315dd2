/**
 * One phone's counter at one gate: totals that only grow, and how they stood at the end of each
 * quarter of an hour since they were last sent.
 *
 * @typedef {{at: number, in: number, out: number}} Reading  `at`: the server's time, milliseconds
 * @typedef {{in: number, out: number, joined: boolean, sent: [number, number],
 *            readings?: Reading[], refused?: boolean}} Counter  `refused`: its token is not taken
 * @typedef {Record<string, Counter>} Counters
 */

/** Under what name all counters are kept. */
export const COUNTERS = "tally";
const QUARTER_MS = 900_000;
/** The server takes no reading that is older, nor do we keep more. */
const OLDEST_MS = 48 * 3_600_000;
const MOST = OLDEST_MS / QUARTER_MS;

const quarterOf = (/** @type {number} */ at) => Math.floor(at / QUARTER_MS);

/** @returns {Counter} */
export const newCounter = () => ({ in: 0, out: 0, joined: false, sent: [0, 0] });

/** @param {string} device @param {string} gate */
export const counterName = (device, gate) => JSON.stringify([device, gate]);

/** Whose counter it is, and at which gate. @param {string} name @returns {[string, string]} */
export const deviceAndGate = (name) => JSON.parse(name);

/** Whether there is something to send, and somebody to take it. @param {Counter} counter */
export function isUnsent({ in: entered, out: left, sent, refused }) {
  return refused !== true && (entered !== sent[0] || left !== sent[1]);
}

/**
 * Whose counters are unsent: their tokens are still needed.
 * @param {Counters} counters
 */
export function unsentOf(counters) {
  const unsent = Object.entries(counters).filter(([, counter]) => isUnsent(counter));
  return new Set(unsent.map(([name]) => deviceAndGate(name)[0]));
}

/**
 * Count people. Of each quarter the last reading stays; one of a later quarter came of a wrong clock.
 * @param {Counter} counter @param {number} entered @param {number} left @param {number} at
 */
export function advance(counter, entered, left, at) {
  counter.in += Math.max(0, entered);
  counter.out += Math.max(0, left);
  const before = (counter.readings ?? []).filter((reading) => quarterOf(reading.at) < quarterOf(at));
  counter.readings = [...before, { at, in: counter.in, out: counter.out }].slice(-MOST);
}

/**
 * Go on from what the server has of this counter: an earlier phone counted that.
 * @param {Counter} counter @param {{in: number, out: number}} known
 */
export function join(counter, known) {
  counter.in += known.in;
  counter.out += known.out;
  counter.sent = [known.in, known.out];
  counter.joined = true;
  counter.readings = counter.readings?.map((reading) => ({
    at: reading.at, in: reading.in + known.in, out: reading.out + known.out,
  }));
}

/**
 * What to send, oldest first; the last one is where the counter stands.
 * @param {Counter} counter @param {number} now
 * @returns {Reading[]}
 */
export function readingsOf(counter, now) {
  const young = (counter.readings ?? []).filter(({ at }) => now - at < OLDEST_MS);
  const last = young.at(-1);
  if (last && last.in === counter.in && last.out === counter.out) return young;
  return [...young, { at: now, in: counter.in, out: counter.out }];
}

/**
 * The server has this reading, and so all before it.
 * @param {Counter} counter @param {Reading} reading
 */
export function markSent(counter, reading) {
  counter.sent = [reading.in, reading.out];
  counter.readings = counter.readings?.filter(
    (later) => later.in > reading.in || later.out > reading.out,
  );
}
