/**
 * Delivers what waits. A scan is deleted here only when an answer carried its id; one that the
 * server cannot take never stops the others.
 *
 * @typedef {import("./store.js").Waiting} Waiting
 * @typedef {import("./answers.js").Answer} Answer
 */
import { Link } from "../devices/link.js";
import { ownersOf } from "../devices/pairings.js";

const MOST_AT_ONCE = 200;
const TIMEOUT_MS = 20_000;
/** Too large, or not to be read: sent again in halves, so that one bad scan stands alone. */
const DIVIDED = [400, 413, 422];
/** A token that no phone has any more: nothing goes with it. */
const NOT_KNOWN = 401;

/**
 * A waiting scan as the server takes it.
 * @param {Waiting} one
 */
export function wired(one) {
  const clock = { offset_ms: one.offset, before: one.before, after: one.after };
  const told = one.form === "walkin" ? {} : { shown: one.shown };
  return { ...one.item, offline: true, ...told, clock };
}

/**
 * Whether somebody came in by what waits, and was not only let out or taken back.
 * @param {Waiting} one
 */
export function letsIn({ form, item }) {
  return form === "walkin" ? item.undone === undefined : item.kind === "entry";
}

export class Delivery {
  /** Scans that are just being asked about; their answer is on its way. @type {Set<string>} */
  asked = new Set();

  /**
   * @param {import("./store.js").Store} store
   * @param {(waiting: Waiting, answer: Answer) => void} answered
   */
  constructor(store, answered) {
    this.store = store;
    this.answered = answered;
  }

  /**
   * Send all that waits, each with the token of the phone that made it.
   * @param {Link|null} own this phone's; null where it is not paired @param {string} device
   */
  async deliver(own, device) {
    const waiting = (await this.store.waiting()).filter((one) => !this.asked.has(one.id));
    const owners = await ownersOf(this.store);
    for (const owner of new Set(waiting.map((one) => one.owner))) {
      const token = owner === device ? null : owners[owner]?.token;
      const link = token ? new Link(token) : own;
      if (link === null) continue;
      const theirs = waiting.filter((one) => one.owner === owner);
      await this.#scans(link, theirs.filter((one) => one.form === "scan"));
      await this.#walkIns(link, theirs.filter((one) => one.form === "walkin"));
    }
  }

  /** @param {Link} link @param {Waiting[]} waiting */
  async #scans(link, waiting) {
    for (let from = 0; from < waiting.length; from += MOST_AT_ONCE) {
      if (!(await this.#batch(link, waiting.slice(from, from + MOST_AT_ONCE)))) return;
    }
  }

  /**
   * Whether the line stood.
   * @param {Link} link @param {Waiting[]} batch
   * @returns {Promise<boolean>}
   */
  async #batch(link, batch) {
    const reply = await link.ask("scans", { scans: batch.map(wired) }, TIMEOUT_MS);
    if (reply === null) return false;
    if (DIVIDED.includes(reply.status) && batch.length > 1) {
      const half = batch.length >> 1;
      return (await this.#batch(link, batch.slice(0, half))) && this.#batch(link, batch.slice(half));
    }
    if (reply.status !== 200) return DIVIDED.includes(reply.status);
    await this.#settle(batch, reply.body.results);
    return true;
  }

  /** @param {Waiting[]} batch @param {Answer[]} answers */
  async #settle(batch, answers) {
    const byId = new Map(answers.filter((one) => one.stored).map((one) => [one.id, one]));
    const answered = batch.filter((one) => byId.has(one.id));
    await this.store.settle(answered.map((one) => one.id));
    for (const one of answered) this.answered(one, /** @type {Answer} */ (byId.get(one.id)));
  }

  /** @param {Link} link @param {Waiting[]} waiting */
  async #walkIns(link, waiting) {
    for (const one of waiting) {
      const reply = await link.ask("walkins", wired(one), TIMEOUT_MS);
      if (reply === null || reply.status === NOT_KNOWN || reply.status >= 500) return;
      const theirs = reply.status === 200 && reply.body.id === one.item.id;
      // A taking back carries its walk-in, and waits under a number of its own.
      if (theirs) await this.#settle([one], [{ ...reply.body, id: one.id }]);
    }
  }
}
