/**
 * The phone's own door: what the pages call. Every scan is kept, answered and delivered behind
 * these verbs, with the network or without.
 *
 * @typedef {{id: string, stored: boolean, verdict: string, reason?: string, override?: string,
 *            name?: string, notes?: string, seats?: number,
 *            first?: {at: string, gate: string}, offline?: boolean}} Answer
 * @typedef {{inside: number, low: number, high: number, limit: number|null,
 *            alarm: boolean}} Crowd
 * @typedef {{online: boolean, unsent: number, listedAt: number|null, tickets: number,
 *            syncing: boolean, revoked: boolean, names: "none"|"locked"|"open", rights: string[],
 *            gate: string, crowd: Crowd|null, correction: Answer|null}} State
 * @typedef {{name: string, seats: number, notes: string, state: string, code: string,
 *            first?: {at: string, gate: string}}} Found
 * @typedef {Crowd & {entered: number, left: number}} Tally
 * @typedef {{tickets: number, version: number|null, listedAt: number|null, signature: boolean,
 *            storage: boolean, offlineReady: boolean, testedAt: number|null}} Preflight
 * @typedef {{token: string, gate: string, rights: string[], device: string,
 *            event: {id: string, title: string, ends: number}}} Setup
 */
import { Queue, Revoked, TooMany } from "./queue.js";

/** The list of names is not here, or not unlocked. */
export class NamesLocked extends Error {}

export class Door {
  /** @type {((state: State) => void)[]} */
  #watchers = [];
  /** @type {State} */
  #state;
  #queue;

  /**
   * Ready to scan; the list and what waits are looked after from now on.
   * @param {Setup} setup
   */
  static async open(setup) {
    return new Door(setup);
  }

  /** @param {Setup} setup */
  constructor(setup) {
    this.#queue = new Queue({ token: setup.token, gate: setup.gate });
    this.#state = {
      online: navigator.onLine, unsent: 0, listedAt: null, tickets: 0, syncing: false,
      revoked: false, names: "none", rights: setup.rights, gate: setup.gate, crowd: null,
      correction: null,
    };
    this.#queue.watch(({ online, unsent }) => this.#tell({ online, unsent }));
  }

  /**
   * Be told how things stand, now and at each change.
   * @param {(state: State) => void} watcher
   */
  watch(watcher) {
    this.#watchers.push(watcher);
    watcher(this.#state);
  }

  /**
   * Record a scan of a code: what was read by the camera or typed.
   * @param {string} code @param {"entry"|"exit"} kind
   * @returns {Promise<Answer>}
   */
  scan(code, kind) {
    return this.#answered(this.#queue.scan(code, kind));
  }

  /**
   * Take a scan back.
   * @param {string} id @param {string} code
   * @returns {Promise<Answer>}
   */
  undo(id, code) {
    return this.#answered(this.#queue.undo(code, id));
  }

  /**
   * What a scan of this code would be answered now; nothing is recorded.
   * @param {string} _code
   * @returns {Promise<Answer>}
   */
  async rehearse(_code) {
    return { id: "", stored: false, verdict: "unanswered" };
  }

  /**
   * Ticket holders by name: from the server, else from the unlocked list. Throws NamesLocked.
   * @param {string} _text
   * @returns {Promise<Found[]>}
   */
  async search(_text) {
    throw new NamesLocked();
  }

  /**
   * Open the list of names with the lead's word.
   * @param {string} _word
   */
  async unlock(_word) {
    return false;
  }

  /**
   * Let somebody in who has no ticket.
   * @param {{name: string, mail: string, seats: number}} _guest
   * @returns {Promise<Answer>}
   */
  async walkIn(_guest) {
    return { id: "", stored: false, verdict: "unanswered" };
  }

  /**
   * Add to this phone's count of people without tickets; 0, 0 reads it.
   * @param {number} entered @param {number} left
   * @returns {Promise<Tally>}
   */
  async count(entered, left) {
    const inside = entered - left;
    return { entered, left, inside, low: inside, high: inside, limit: null, alarm: false };
  }

  /** Tell whether the camera may be used, for the lead's page. @param {boolean} _allowed */
  cameraSeen(_allowed) {}

  /**
   * What the day before asks: is everything on this phone?
   * @returns {Promise<Preflight>}
   */
  async preflight() {
    return {
      tickets: 0, version: null, listedAt: null, signature: false, storage: false,
      offlineReady: false, testedAt: null,
    };
  }

  /**
   * What waits, as a file for the desk; null where nothing waits.
   * @returns {Promise<Blob|null>}
   */
  async unsentFile() {
    return null;
  }

  /** Forget everything but unsent scans. */
  async leave() {}

  /**
   * @param {Promise<import("./queue.js").Answer>} coming
   * @returns {Promise<Answer>}
   */
  async #answered(coming) {
    try {
      return await coming;
    } catch (error) {
      if (error instanceof Revoked) this.#tell({ revoked: true });
      const reason = error instanceof TooMany ? "many" : "unanswered";
      return { id: "", stored: false, verdict: "unanswered", reason };
    }
  }

  /** @param {Partial<State>} change */
  #tell(change) {
    this.#state = { ...this.#state, ...change };
    for (const watcher of this.#watchers) watcher(this.#state);
  }
}
