/**
 * Sends scans and brings the answers. Each scan has an id of its own, so sending it again is safe:
 * it is kept once and answered alike. Work without network is added here, behind the same verbs.
 *
 * @typedef {{id: string, stored: boolean, verdict: string, reason?: string, override?: string,
 *            name?: string, notes?: string, seats?: number,
 *            first?: {at: string, gate: string}}} Answer
 * @typedef {{online: boolean, unsent: number}} State
 */

const ADDRESS = "/api/v1/checkin/scans";
const TRIES = 3;
const PATIENCE_MS = 4000;

/** The device may not scan any more. */
export class Revoked extends Error {}
/** Too many codes were typed in a minute. */
export class TooMany extends Error {}
/** No answer came, not even after trying again. */
export class Unanswered extends Error {}

/** 128 random bits as text. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Queue {
  /** @type {((state: State) => void)[]} */
  #watchers = [];
  #seq = Number(localStorage.getItem("door-seq") ?? 0);
  #unsent = 0;
  #online = navigator.onLine;

  /** @param {{token: string, gate: string}} device */
  constructor(device) {
    this.device = device;
    window.addEventListener("online", () => this.#tell(true));
    window.addEventListener("offline", () => this.#tell(false));
  }

  /**
   * Be told when the network or the number of unsent scans changes.
   * @param {(state: State) => void} watcher
   */
  watch(watcher) {
    this.#watchers.push(watcher);
    watcher({ online: this.#online, unsent: this.#unsent });
  }

  /**
   * Record a scan of a code.
   * @param {string} code @param {"entry"|"exit"} kind
   * @returns {Promise<Answer>}
   */
  scan(code, kind) {
    return this.#deliver({ code, kind });
  }

  /**
   * Take a scan back: a new scan that annuls it.
   * @param {string} code @param {string} annuls
   * @returns {Promise<Answer>}
   */
  undo(code, annuls) {
    return this.#deliver({ code, kind: "annul", annuls });
  }

  /** @param {{code: string, kind: string, annuls?: string}} what */
  async #deliver(what) {
    this.#seq += 1;
    localStorage.setItem("door-seq", String(this.#seq));
    const scan = {
      id: newId(),
      gate: this.device.gate,
      at: new Date().toISOString(),
      seq: this.#seq,
      offline: false,
      ...what,
    };
    this.#unsent += 1;
    try {
      return await this.#sent(scan);
    } finally {
      this.#unsent -= 1;
      this.#tell(this.#online);
    }
  }

  /** @param {{id: string}} scan */
  async #sent(scan) {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const response = await this.#post(scan);
      this.#tell(response !== null);
      if (response === null || response.status >= 500) continue;
      if (response.status === 429) throw new TooMany();
      if (response.status === 401 || response.status === 403) throw new Revoked();
      if (!response.ok) break;
      /** @type {{results: Answer[]}} */
      const { results } = await response.json();
      const answer = results.find((one) => one.id === scan.id);
      if (answer) return answer;
    }
    throw new Unanswered();
  }

  /** @param {object} scan */
  async #post(scan) {
    try {
      return await fetch(ADDRESS, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${this.device.token}`,
          "Content-Type": "application/json",
        },
        body: JSON.stringify({ scans: [scan] }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      return null;
    }
  }

  /** @param {boolean} online */
  #tell(online) {
    this.#online = online;
    for (const watcher of this.#watchers) watcher({ online, unsent: this.#unsent });
  }
}
