/**
 * The scanner: what the panels of its page call. Every scan is on disk before it is answered; the
 * server's word is taken where it comes quickly, the phone's own where it does not.
 *
 * @typedef {import("../checkin/answers.js").Answer} Answer
 * @typedef {import("../crowd/tally.js").Crowd} Crowd
 * @typedef {import("../crowd/tally.js").Tally} Tally
 * @typedef {import("../checkin/names.js").Holder} Holder
 * @typedef {import("../devices/pairings.js").Setup} Setup
 * @typedef {{online: boolean, unsent: number, listedAt: number|null, tickets: number,
 *            syncing: boolean, revoked: boolean, names: "none"|"locked"|"open", rights: string[],
 *            gate: string, chosen: string, crowd: Crowd|null, correction: Answer|null}} State
 * @typedef {{tickets: number, version: number|null, listedAt: number|null, signature: boolean,
 *            storage: boolean|null, offlineReady: boolean, testedAt: number|null}} Preflight
 */
import { keyedCode } from "../checkin/keyed_codes.js";
import { NamesLocked, SearchesSpent } from "../checkin/names.js";
import { Scans, within } from "../checkin/scans.js";
import { unsentFiles } from "../checkin/unsent_files.js";
import { admitWalkIn, alikeTo, takeBackWalkIn } from "../checkin/walk_ins.js";
import { canVerify } from "../devices/crypto.js";
import { Phone } from "./phone.js";
import { sendWaiting } from "./sending.js";
import { askToPersist, install, isKept, isPersistent } from "./shell.js";

const SEARCH_MS = 2500;
const COUNT_MS = 300;

export class Scanner {
  #phone;
  #scans;

  /**
   * Ready to scan; the list and what waits are looked after from now on.
   * @param {Setup} setup
   */
  static async open(setup) {
    const phone = await Phone.open(setup);
    void install();
    return new Scanner(phone);
  }

  /** @param {Phone} phone */
  constructor(phone) {
    this.#phone = phone;
    this.#scans = new Scans(phone);
  }

  /**
   * Be told how things stand, now and at each change.
   * @param {(state: State) => void} watcher
   */
  watch(watcher) {
    this.#phone.watch(watcher);
  }

  /**
   * Record a scan of a code: what was read by the camera or typed.
   * @param {string} code @param {"entry"|"exit"} kind
   * @returns {Promise<Answer>}
   */
  scan(code, kind) {
    return this.#scans.record({ code, kind });
  }

  /**
   * The code in what a hand scanner typed; null where its keyboard layout has spoilt it.
   * @param {string} text
   */
  keyed(text) {
    return keyedCode(this.#phone.store, this.#phone.list, text);
  }

  /**
   * Let in with a code that the phone cannot judge: what happened is a fact, the server sees later.
   * @param {string} code
   * @returns {Promise<Answer>}
   */
  trust(code) {
    return this.#scans.record({ code, kind: "entry", trusted: true });
  }

  /**
   * Tell how many of a group came in with the last scan.
   * @param {Answer} answer @param {string} code @param {number} admits
   * @returns {Promise<Answer>}
   */
  specify(answer, code, admits) {
    return this.#scans.specify(answer, code, admits);
  }

  /**
   * Take a scan back: a new scan that annuls it.
   * @param {string} id @param {string} code
   * @returns {Promise<Answer>}
   */
  undo(id, code) {
    if (this.#phone.lastWalkIn?.id === id) return takeBackWalkIn(this.#phone);
    return this.#scans.record({ code, kind: "annul", annuls: id });
  }

  /**
   * What a scan of this code would be answered now; nothing is recorded or sent.
   * @param {string} code
   * @returns {Promise<Answer>}
   */
  test(code) {
    return this.#scans.tested(code);
  }

  /**
   * Ticket holders by name: from the server, else from the unlocked list. Throws NamesLocked.
   * @param {string} text
   * @returns {Promise<Holder[]>}
   */
  async search(text) {
    const { link, names } = this.#phone;
    const query = `people?q=${encodeURIComponent(text)}`;
    const reply = link.online ? await link.ask(query, null, SEARCH_MS) : null;
    if (reply?.status === 200) {
      return reply.body.people.map((/** @type {any} */ { short, ...holder }) => ({
        notes: "", ...holder, code: short,
      }));
    }
    const holders = names.search(text);
    if (holders === null && reply?.status === 429) throw new SearchesSpent();
    if (holders === null) {
      this.#phone.tell({ names: await names.standing() });
      throw new NamesLocked();
    }
    return holders;
  }

  /**
   * Open the list of names with the lead's word.
   * @param {string} word
   */
  async unlock(word) {
    const { names } = this.#phone;
    const right = await names.unlock(word);
    this.#phone.tell({ names: await names.standing() });
    return right;
  }

  /**
   * Who is on the list already and may be the same person.
   * @param {{name: string, mail: string, seats: number}} walkIn
   */
  alike(walkIn) {
    return alikeTo(this.#phone, walkIn);
  }

  /**
   * Let somebody in who has no ticket.
   * @param {{name: string, mail: string, seats: number}} walkIn
   * @returns {Promise<Answer>}
   */
  walkIn(walkIn) {
    return admitWalkIn(this.#phone, walkIn);
  }

  /**
   * Add to this phone's count of people without tickets; 0, 0 reads it.
   * @param {number} entered @param {number} left
   * @returns {Promise<Tally>}
   */
  async count(entered, left) {
    const { tally, state } = this.#phone;
    await tally.add(state.gate, entered, left);
    if (state.online) await within(tally.send(), COUNT_MS);
    this.#phone.tell({ crowd: tally.crowd });
    return tally.shown(state.gate);
  }

  /**
   * The sessions that this phone may scan for now beside that of its own gate.
   * @returns {import("../devices/sessions.js").Choice[]}
   */
  choices() {
    return this.#phone.choices();
  }

  /**
   * Scan for the session at this gate from now on; "" for the phone's own.
   * @param {string} gate
   */
  choose(gate) {
    return this.#phone.choose(gate);
  }

  /**
   * Whether the camera may be used, for the lead's page.
   * @param {boolean} allowed
   */
  cameraSeen(allowed) {
    this.#phone.camera = allowed;
  }

  /**
   * What the day before asks: is everything on this phone?
   * @returns {Promise<Preflight>}
   */
  async preflight() {
    const { list, store } = this.#phone;
    return {
      tickets: list?.tickets ?? 0,
      version: list?.version || null,
      listedAt: list?.listedAt || null,
      signature: await canVerify(),
      storage: await isPersistent(),
      offlineReady: await isKept(),
      testedAt: (await store.get("testedAt")) ?? null,
    };
  }

  /** Ask the browser not to throw away what is stored here; what it says. */
  askToKeep() {
    return askToPersist();
  }

  /**
   * What waits, as files for the desk.
   * @returns {Promise<import("../checkin/unsent_files.js").UnsentFile[]>}
   */
  unsentFiles() {
    const { setup, state, store } = this.#phone;
    const here = { device: setup.device, event: setup.event.id, gate: state.gate };
    return unsentFiles(store, here);
  }

  /**
   * Forget everything but unsent scans and counts, which are sent first where that is quick;
   * whether the server has all counts.
   */
  async unpair() {
    const { heartbeat, delivery, link, setup, tally } = this.#phone;
    heartbeat.stop();
    const last = Promise.all([tally.send(), sendWaiting(delivery, link, setup.device)]);
    await within(last.catch(() => null), SEARCH_MS);
    await this.#phone.forgetAll();
    return !tally.unsent;
  }
}
