/**
 * What the phone does by itself while it is open: every ten seconds it tells how it stands, takes
 * a stamp, delivers what waits and fetches what is new; sooner after a failure, and at once when
 * the network goes or comes back.
 *
 * @typedef {{unsent: number, version: number|null, listed_at: string|null, camera: boolean|null,
 *            tested_at: string|null, offset_ms: number|null}} PhoneReport
 * @typedef {{stamp: string, version: number, gate: string, rights: string[], names: boolean,
 *            names_until: string|null, crowd: import("../crowd/tally.js").Crowd|null}} Pulse
 * @typedef {{tell: () => Promise<PhoneReport>, refused: () => Promise<void>,
 *            heard: (pulse: Pulse, sent: number, received: number) => Promise<void>,
 *            lost: () => Promise<void>}} HeartbeatListener
 */

const EVERY_MS = 10_000;
const FIRST_RETRY_MS = 1000;
const REFUSED = [401, 403];

export class Heartbeat {
  #timer = 0;
  #retry = FIRST_RETRY_MS;
  /** @type {Promise<void>|null} */
  #beating = null;
  #again = false;
  #stopped = false;

  /** @param {import("../devices/link.js").Link} link @param {HeartbeatListener} listener */
  constructor(link, listener) {
    this.link = link;
    this.listener = listener;
    for (const turn of ["online", "offline"]) window.addEventListener(turn, () => this.now());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.now();
    });
  }

  /** Beat at once; a beat that is under way is followed by another. */
  now() {
    if (this.#stopped) return Promise.resolve();
    clearTimeout(this.#timer);
    if (this.#beating) this.#again = true;
    else this.#beating = this.#beat();
    return this.#beating;
  }

  /** @param {number} wait milliseconds */
  soon(wait) {
    if (this.#beating || this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), wait);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #beat() {
    const well = await this.#reported().catch(() => false);
    this.#beating = null;
    if (this.#again) {
      this.#again = false;
      this.soon(0);
      return;
    }
    if (well) this.#retry = FIRST_RETRY_MS;
    this.soon(well ? EVERY_MS : this.#retry * (0.75 + Math.random() / 2));
    if (!well) this.#retry = Math.min(this.#retry * 2, EVERY_MS);
  }

  /** Whether the server took this phone's report and all that follows from it went well. */
  async #reported() {
    const report = await this.listener.tell();
    const sent = Date.now();
    const reply = await this.link.ask("pulse", report);
    if (reply?.status === 200) {
      await this.listener.heard(reply.body, sent, Date.now());
      return this.link.online;
    }
    if (reply !== null && REFUSED.includes(reply.status)) await this.listener.refused();
    else await this.listener.lost();
    return false;
  }
}
