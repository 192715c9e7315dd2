/**
 * Delivers what waits. A scan is deleted here only when an answer carried its id; one that the
 * server cannot take never stops the others.
 *
 * @typedef {import("./store.js").Waiting} Waiting
 * @typedef {import("./answers.js").Answer} Answer
 */
import { Link } from "../devices/link.js";
import { pairingsOf } from "../devices/pairings.js";

const MOST_AT_ONCE = 200;
const TIMEOUT_MS = 20_000;
/** Too large, or not to be read: sent again in halves, so that one bad scan stands alone. */
const DIVIDED = [400, 413, 422];
/** A token that no phone has any more: nothing goes with it. */
const NOT_KNOWN = 401;

/**
 * A waiting scan as the server takes it.
 * @param {Waiting} waiting
 */
export function wired(waiting) {
  const clock = { offset_ms: waiting.offset, before: waiting.before, after: waiting.after };
  const shown = waiting.form === "walkin" ? {} : { shown: waiting.shown };
  return { ...waiting.item, offline: true, ...shown, clock };
}

/**
 * Whether somebody came in by what waits, and was not only let out or taken back.
 * @param {Waiting} waiting
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
    const waiting = (await this.store.waiting()).filter(({ id }) => !this.asked.has(id));
    const pairings = await pairingsOf(this.store);
    for (const maker of new Set(waiting.map(({ owner }) => owner))) {
      const token = maker === device ? null : pairings[maker]?.token;
      const link = token ? new Link(token) : own;
      if (link === null) continue;
      const theirs = waiting.filter(({ owner }) => owner === maker);
      await this.#scans(link, theirs.filter(({ form }) => form === "scan"));
      await this.#walkIns(link, theirs.filter(({ form }) => form === "walkin"));
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
    const stored = answers.filter((answer) => answer.stored);
    const byId = new Map(stored.map((answer) => [answer.id, answer]));
    // A later word waits under a number of its own, beside the scan or walk-in that it is about.
    const answered = batch.filter(({ item }) => byId.has(item.id));
    await this.store.settle(answered.map(({ id }) => id));
    for (const scan of answered) this.answered(scan, /** @type {Answer} */ (byId.get(scan.item.id)));
  }

  /** @param {Link} link @param {Waiting[]} waiting */
  async #walkIns(link, waiting) {
    for (const walkIn of waiting) {
      const reply = await link.ask("walkins", wired(walkIn), TIMEOUT_MS);
      if (reply === null || reply.status === NOT_KNOWN || reply.status >= 500) return;
      const theirs = reply.status === 200 && reply.body.id === walkIn.item.id;
      if (theirs) await this.#settle([walkIn], [reply.body]);
    }
  }
}
