/**
 * This phone's counts of people without tickets: totals that the server merges by maximum, so that
 * sending them twice or late does no harm. What it counted under an earlier pairing goes with the
 * token of that time.
 *
 * @typedef {{inside: number, low: number, high: number, limit: number|null,
 *            alarm: boolean, of?: "counted"|"tickets"|"both", alarm_at?: number|null}} Crowd
 * @typedef {Crowd & {entered: number, left: number}} Tally
 * @typedef {import("./counters.js").Counter} Counter
 * @typedef {import("./counters.js").Reading} Reading
 * @typedef {{device: string, gate: string, counter: Counter, link: Link, timeout: number}} Sending
 */
import { Link } from "../devices/link.js";
import { pairingsOf } from "../devices/pairings.js";
import {
  advance, counterName, COUNTERS, deviceAndGate, isUnsent, join, markSent, newCounter, readingsOf, unsentOf,
} from "./counters.js";

const CROWD = "crowd";
const OK = 200;
/** No answer of ours. */
const LOST = 503;
/** A token that is refused once stays so: a new pairing brings another. */
const REFUSED = [401, 403];

export class TallyCounter {
  /** What the server last said of all counters together. @type {Crowd|null} */
  crowd = null;
  /** @type {import("./counters.js").Counters} */
  #counters = {};
  /** @type {Promise<void>|null} */
  #sending = null;
  #again = false;

  /**
   * @param {import("../checkin/store.js").Store} store
   * @param {Link|null} link this phone's own; null where it is not paired
   * @param {string} device @param {() => number} now the server's time
   */
  constructor(store, link, device, now) {
    this.store = store;
    this.link = link;
    this.device = device;
    this.now = now;
  }

  async open() {
    this.#counters = (await this.store.get(COUNTERS)) ?? {};
    for (const [name, counter] of Object.entries(this.#counters)) {
      if (deviceAndGate(name)[0] === this.device) delete counter.refused;
    }
    this.crowd = (await this.store.get(CROWD)) ?? null;
  }

  /** Whether anything is still to be sent. */
  get unsent() {
    return unsentOf(this.#counters).size > 0;
  }

  /** What the server says of all counters together. @param {Crowd|null} [crowd] */
  async hear(crowd = null) {
    if (JSON.stringify(crowd) === JSON.stringify(this.crowd)) return;
    this.crowd = crowd;
    await this.store.put(CROWD, crowd);
  }

  /**
   * Count people in and out; on disk when it resolves.
   * @param {string} gate @param {number} entered @param {number} left
   */
  async add(gate, entered, left) {
    const counter = this.#at(gate);
    if (entered === 0 && left === 0) return;
    advance(counter, entered, left, this.now());
    await this.#keep();
  }

  /**
   * What to show: the server's last word and what was counted here since.
   * @param {string} gate
   * @returns {Tally}
   */
  shown(gate) {
    const { in: entered, out: left, sent } = this.#at(gate);
    const since = entered - sent[0] - (left - sent[1]);
    const { inside = 0, low = 0, high = 0, limit = null, of } = this.crowd ?? {};
    const more = of === "tickets" ? 0 : since;
    const grown = (/** @type {number} */ value) => Math.max(0, value + more);
    return {
      entered, left, limit, of, alarm: rings(this.crowd, grown(high)),
      inside: grown(inside), low: grown(low), high: grown(high),
    };
  }

  /**
   * Send every counter that moved. One sending at a time: two at once would both go on from what
   * the server has. What is counted meanwhile goes right after it.
   * @param {number} timeout
   */
  send(timeout = 8000) {
    this.#again = this.#sending !== null;
    this.#sending ??= this.#sendAll(timeout).finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  /** @param {number} timeout */
  async #sendAll(timeout) {
    do {
      this.#again = false;
      await this.#sendOnce(timeout);
    } while (this.#again);
  }

  /** The present pairing first; a counter that is refused does not stop the others. @param {number} timeout */
  async #sendOnce(timeout) {
    for (const sending of await this.#unsent(timeout)) {
      const status = await this.#sendCounter(sending);
      if (status >= 500) return;
      if (!REFUSED.includes(status)) continue;
      sending.counter.refused = true;
      await this.#keep();
    }
  }

  /** @param {number} timeout @returns {Promise<Sending[]>} */
  async #unsent(timeout) {
    const pairings = await pairingsOf(this.store);
    /** @type {Sending[]} */
    const sendings = [];
    for (const [name, counter] of Object.entries(this.#counters)) {
      const [device, gate] = deviceAndGate(name);
      const own = device === this.device;
      const link = own ? this.link : pairings[device] && new Link(pairings[device].token);
      if (!link || !isUnsent(counter)) continue;
      sendings[own ? "unshift" : "push"]({ device, gate, counter, link, timeout });
    }
    return sendings;
  }

  /**
   * How the server answered. A counter that is new here first learns what the server has of it, and
   * goes on from there: that is on disk before anything is told, else it would be added again.
   * @param {Sending} sending
   * @returns {Promise<number>}
   */
  async #sendCounter(sending) {
    const { device, counter } = sending;
    if (!counter.joined) {
      const [{ at }] = readingsOf(counter, this.now());
      const { status, body } = await this.#post(sending, { at, in: 0, out: 0 });
      if (status !== OK) return status;
      join(counter, body);
      await this.#keep();
    }
    for (const reading of readingsOf(counter, this.now())) {
      const { status, body } = await this.#post(sending, reading);
      if (status !== OK) return status;
      markSent(counter, reading);
      await this.#keep();
      if (device === this.device) await this.#hearIn(body);
    }
    return OK;
  }

  /** @param {any} answer */
  async #hearIn({ inside, low, high, limit = null, alarm, of, alarm_at }) {
    await this.hear({ inside, low, high, limit, alarm, of, alarm_at });
  }

  /** @param {Sending} one @param {Reading} reading */
  async #post({ device, gate, link, timeout }, { at, in: entered, out: left }) {
    const body = { device, gate, in: entered, out: left, at: new Date(at).toISOString() };
    return (await link.ask("tallies", body, timeout)) ?? { status: LOST, body: null };
  }

  #keep() {
    return this.store.put(COUNTERS, this.#counters);
  }

  /** @param {string} gate */
  #at(gate) {
    this.#counters[counterName(this.device, gate)] ??= newCounter();
    return this.#counters[counterName(this.device, gate)];
  }
}

/**
 * Whether the house is nearly full. The server says from how many on; an earlier one did not, nor
 * does one without a limit.
 * @param {Crowd|null} crowd @param {number} high
 */
function rings(crowd, high) {
  if (crowd === null) return false;
  const { alarm, limit, alarm_at: from } = crowd;
  return typeof from === "number" ? high >= from : alarm || (limit !== null && high >= limit);
}
