/**
 * This phone's counter of people without tickets: totals that only grow, merged by the server by
 * maximum, so that sending them twice or late does no harm.
 *
 * @typedef {import("./engine.js").Crowd} Crowd
 * @typedef {{in: number, out: number, joined: boolean, sent: [number, number]}} Counter
 */

const KEPT = "tally";
const KEPT_CROWD = "crowd";

export class TallyCounter {
  /** What the server last said of all counters together. @type {Crowd|null} */
  crowd = null;
  /** @type {Record<string, Counter>} */
  #counters = {};

  /**
   * @param {import("./store.js").Store} store @param {import("./link.js").Link} link
   * @param {string} device
   */
  constructor(store, link, device) {
    this.store = store;
    this.link = link;
    this.device = device;
  }

  async open() {
    this.#counters = (await this.store.get(KEPT)) ?? {};
    this.crowd = (await this.store.get(KEPT_CROWD)) ?? null;
  }

  /** What the server says of all counters together. @param {Crowd|null} crowd */
  async hear(crowd) {
    if (JSON.stringify(crowd) === JSON.stringify(this.crowd)) return;
    this.crowd = crowd;
    await this.store.put(KEPT_CROWD, crowd);
  }

  /**
   * Count people in and out; on disk when it resolves.
   * @param {string} gate @param {number} entered @param {number} left
   */
  async add(gate, entered, left) {
    const counter = this.#at(gate);
    counter.in += Math.max(0, entered);
    counter.out += Math.max(0, left);
    if (entered !== 0 || left !== 0) await this.store.put(KEPT, this.#counters);
  }

  /**
   * What to show: the server's last word and what was counted here since.
   * @param {string} gate
   * @returns {import("./engine.js").Tally}
   */
  shown(gate) {
    const { in: entered, out: left, sent } = this.#at(gate);
    const since = entered - sent[0] - (left - sent[1]);
    const { inside = 0, low = 0, high = 0, limit = null, alarm = false, of } = this.crowd ?? {};
    const more = of === "tickets" ? 0 : since;
    const grown = (/** @type {number} */ value) => Math.max(0, value + more);
    return {
      entered, left, limit, of, alarm: alarm || (limit !== null && grown(high) >= limit),
      inside: grown(inside), low: grown(low), high: grown(high),
    };
  }

  /** Send every counter that moved. @param {number} timeout */
  async send(timeout = 8000) {
    for (const [name, counter] of Object.entries(this.#counters)) {
      const [device, gate] = JSON.parse(name);
      const moved = counter.in !== counter.sent[0] || counter.out !== counter.sent[1];
      if (device === this.device && moved && !(await this.#sendOne(gate, counter, timeout))) return;
    }
  }

  /**
   * A counter that is new here first learns what the server has of it, and goes on from there.
   * @param {string} gate @param {Counter} counter @param {number} timeout
   */
  async #sendOne(gate, counter, timeout) {
    if (!counter.joined) {
      const known = await this.#post(gate, 0, 0, timeout);
      if (!known) return false;
      counter.in += known.in;
      counter.out += known.out;
      counter.joined = true;
    }
    const told = [counter.in, counter.out];
    const answer = await this.#post(gate, told[0], told[1], timeout);
    if (!answer) return false;
    counter.sent = [told[0], told[1]];
    await this.store.put(KEPT, this.#counters);
    const { inside, low, high, limit, alarm, of } = answer;
    await this.hear({ inside, low, high, limit: limit ?? null, alarm, of });
    return true;
  }

  /** @param {string} gate @param {number} entered @param {number} left @param {number} timeout */
  async #post(gate, entered, left, timeout) {
    const at = new Date().toISOString();
    const body = { device: this.device, gate, in: entered, out: left, at };
    const reply = await this.link.ask("tallies", body, timeout);
    return reply?.status === 200 ? reply.body : null;
  }

  /** @param {string} gate */
  #at(gate) {
    const name = JSON.stringify([this.device, gate]);
    this.#counters[name] ??= { in: 0, out: 0, joined: false, sent: [0, 0] };
    return this.#counters[name];
  }
}
