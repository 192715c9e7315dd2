/**
 * Recording one scan: judged here, kept on disk, and told to the server at the same time. The
 * server's word is shown where it comes within its patience, ours where it does not.
 *
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./store.js").Waiting} Waiting
 * @typedef {import("./store.js").KeptMove} KeptMove
 * @typedef {{code: string, kind: "entry"|"exit"|"annul", annuls?: string,
 *            trusted?: boolean}} What `trusted`: let in by staff where the phone cannot judge
 * @typedef {{id: string, kind: "entry"|"exit"|"annul", gate: string, at: string, seq: number,
 *            annuls?: string, admits?: number}} Item
 * @typedef {{item: Item, local: Answer, move: KeptMove|null, unsure: boolean,
 *            linked: boolean, begun: number}} Made
 */
import { randomHex } from "../devices/bytes.js";
import { encryptedTo } from "../devices/crypto.js";
import { PATIENCE_MS } from "../devices/link.js";
import { passes } from "./answers.js";
import { judged } from "./judge.js";

const ID_BYTES = 16;
/** Where the phone cannot decide at all, the server is worth this wait. */
const LONG_MS = 4000;
const SOON_MS = 500;

export class Scans {
  /** The last scan that was made; `waited` and `move` where it could be kept.
   * @type {{item: Item, waited: Waiting|null, move: KeptMove|null}|null} */
  #last = null;

  /** @param {import("./phone_at_gate.js").PhoneAtGate} phone */
  constructor(phone) {
    this.phone = phone;
  }

  /**
   * @param {What} what
   * @returns {Promise<Answer>}
   */
  async record(what) {
    const { phone } = this;
    const begun = performance.now();
    const item = this.#item(what);
    const asking = phone.link.quick ? this.#asked(item, what.code) : null;
    phone.delivery.asked.add(item.id);
    const recorded = phone.list === null ? null : await this.#kept(item, what).catch(() => null);
    this.#last = { item, waited: recorded?.waited ?? null, move: recorded?.move ?? null };
    // Without a list, or on a full disk, nothing could be kept: then only the server may decide.
    if (recorded === null) return this.#serverOnly(asking ?? this.#asked(item, what.code), item);
    const made = { begun, item, ...recorded };
    if (asking === null) return this.#decidedHere(made);
    if (!passes(made.local.verdict) && !made.unsure) {
      void this.#compared(made, asking);
      return this.#here(made.local);
    }
    const patience = made.unsure ? LONG_MS : PATIENCE_MS;
    const answer = await within(asking, patience - (performance.now() - begun));
    if (answer) return this.#taken(made, answer);
    phone.link.quick = false;
    void this.#compared(made, asking);
    return this.#here(made.local);
  }

  /**
   * Tell how many of a group came in with the last scan: a later word of the same scan, on disk
   * when it resolves. It was shown in green, so that is a fact.
   * @param {Answer} answer @param {string} code @param {number} admits
   * @returns {Promise<Answer>}
   */
  async specify(answer, code, admits) {
    const { phone } = this;
    const last = this.#last;
    if (last?.item.id !== answer.id) return unanswered(answer.id);
    const came = (answer.came ?? admits) - (answer.admits ?? admits) + admits;
    const told = { ...answer, came, admits, told: true };
    const { waited, move } = last;
    if (waited === null) {
      // Where the scan could not be kept here, the server alone has it.
      const heard = await within(this.#asked({ ...last.item, admits }, code), LONG_MS);
      return heard?.stored ? told : unanswered(answer.id);
    }
    if (move) move.admits = admits;
    const item = { ...waited.item, admits };
    await phone.store.keep({ ...waited, id: randomHex(ID_BYTES), item, shown: "green" }, move);
    phone.recount();
    phone.heartbeat.soon(SOON_MS);
    return told;
  }

  /**
   * What would be answered; nothing is recorded.
   * @param {string} code
   * @returns {Promise<Answer>}
   */
  async tested(code) {
    const { phone } = this;
    if (phone.list === null) return { id: "", stored: false, verdict: "unanswered" };
    const move = this.#move("", "entry");
    const list = /** @type {import("./store.js").List} */ (phone.listHere());
    const { seen, ruled } = await judged(phone.store, list, code, phone.names, move);
    if (seen.listed) await phone.store.put("testedAt", Date.now());
    return { ...this.#here(worded("", ruled, seen)), stored: false };
  }

  /** Our own word; with network it is shown at once all the same. @param {Answer} local */
  #here(local) {
    return { ...local, offline: true, network: this.phone.link.online };
  }

  /** @param {What} what @returns {Item} */
  #item({ kind, annuls }) {
    const gate = this.phone.gate;
    const at = new Date().toISOString();
    const item = { id: randomHex(ID_BYTES), kind, gate, at, seq: this.phone.nextSeq() };
    return annuls === undefined ? item : { ...item, annuls };
  }

  /** @param {string} id @param {"entry"|"exit"|"annul"} kind @param {string} [annuls] */
  #move(id, kind, annuls) {
    const { phone } = this;
    const { gate } = phone;
    const device = phone.setup.device;
    return { id, device, gate, kind, time: phone.now(), green: true, annuls: annuls ?? null };
  }

  /**
   * Judge, encrypt and keep: on disk when it resolves.
   * @param {Item} item @param {What} what
   */
  async #kept(item, { code, trusted }) {
    const { phone } = this;
    const list = /** @type {import("./store.js").List} */ (phone.listHere());
    const [{ seen, move, ruled }, sealed] = await Promise.all([
      judged(phone.store, list, code, phone.names, this.#move(item.id, item.kind, item.annuls)),
      encryptedTo(list.sealKey, code),
    ]);
    if (trusted && seen.unsure) {
      delete seen.unsure;
      ruled.answer = "admitted";
    }
    const local = worded(item.id, ruled, seen);
    const counts = seen.key !== null && passes(local.verdict) ? move : null;
    /** @type {Waiting} */
    const waited = {
      id: item.id,
      seq: item.seq,
      owner: phone.setup.device,
      form: "scan",
      item: { ...item, sealed },
      time: move.time,
      session: move.session,
      shown: passes(local.verdict) ? "green" : "red",
      offset: phone.offset,
      before: phone.stamp,
      after: null,
    };
    await phone.store.keep(waited, counts);
    // While the first entry waits here, the server would let the same guest in again.
    const ahead = ruled.first !== null && phone.store.waits.has(ruled.first.id);
    const unsure = seen.unsure !== undefined || (seen.remembered === true && !ahead);
    const linked = seen.linked === true || ahead;
    return { local, waited, move: seen.key === null ? null : move, unsure, linked };
  }

  /**
   * The server's answer; null where none came, or none to this scan.
   * @param {Item} item @param {string} code
   * @returns {Promise<Answer|null>}
   */
  async #asked(item, code) {
    const { link } = this.phone;
    const reply = await link.ask("scans", { scans: [{ ...item, code, offline: false }] });
    this.phone.tell({ online: link.online });
    if (reply?.status === 429) return { id: item.id, stored: false, verdict: "unanswered", reason: "many" };
    if (reply?.status !== 200) return null;
    return reply.body.results.find((/** @type {Answer} */ { id }) => id === item.id) ?? null;
  }

  /** @param {Promise<Answer|null>} asking @param {Item} item @returns {Promise<Answer>} */
  async #serverOnly(asking, item) {
    const answer = await within(asking, LONG_MS);
    this.phone.delivery.asked.delete(item.id);
    return answer ?? unanswered(item.id);
  }

  /** No contact lately: what waits is sent with the next heartbeat. @param {Made} made */
  async #decidedHere(made) {
    this.phone.delivery.asked.delete(made.item.id);
    this.phone.recount();
    if (this.phone.link.online) this.phone.heartbeat.soon(SOON_MS);
    return this.#here(made.local);
  }

  /**
   * The server was quick enough: its word counts.
   * @param {Made} made @param {Answer} answer
   */
  async #taken(made, answer) {
    if (!answer.stored) return this.#decidedHere(made);
    const settling = this.#settled(made, answer);
    // What was kept says green. It must be gone before anything else is shown.
    if (passes(answer.verdict) !== passes(made.local.verdict)) await settling;
    return answer;
  }

  /** @param {Made} made @param {Answer} answer */
  async #settled({ item, move }, answer) {
    const { phone } = this;
    const counts = move !== null && passes(answer.verdict);
    const moves = { put: counts ? [move] : [], drop: counts ? [] : [item.id] };
    await phone.store.settle([item.id], moves);
    phone.delivery.asked.delete(item.id);
    phone.recount();
  }

  /**
   * Our word was shown; the server's comes later. Where they agree nothing waits any more. Where
   * it comes at once and opens the door after all, it is shown; else what was shown is reported.
   * @param {Made} made @param {Promise<Answer|null>} asking
   */
  async #compared(made, asking) {
    const answer = await asking;
    const { phone } = this;
    if (answer?.stored) {
      const alike = passes(answer.verdict) === passes(made.local.verdict);
      // The server knows no scan that waits here: it is told that the guest was in already.
      const inTime = !made.linked && performance.now() - made.begun < PATIENCE_MS;
      if (alike || inTime) await this.#settled(made, answer);
      if (!alike && inTime) phone.tell({ correction: answer });
      if (alike || inTime) return;
    }
    phone.delivery.asked.delete(made.item.id);
    phone.recount();
    phone.heartbeat.soon(phone.link.online ? SOON_MS : LONG_MS);
  }
}

/**
 * A verdict of ours as the server would word it.
 * @param {string} id @param {import("./verdict.js").Verdict} ruled
 * @param {import("./judge.js").Seen} seen
 * @returns {Answer}
 */
function worded(id, { answer: verdict, reason, first, group }, { name, notes, seats, unsure }) {
  /** @type {Answer} */
  const answer = { id, stored: true, verdict: unsure ? "unjudged" : verdict };
  if (reason !== null || unsure) answer.reason = unsure ?? reason ?? "";
  if (first !== null) answer.first = { at: new Date(first.time).toISOString(), gate: first.gate };
  if (name) answer.name = name;
  if (notes) answer.notes = notes;
  if (seats !== undefined && seats > 1) answer.seats = seats;
  if (group !== null && !unsure) Object.assign(answer, group);
  return answer;
}

/** Nobody knows what became of it. @param {string} id @returns {Answer} */
function unanswered(id) {
  return { id, stored: false, verdict: "unanswered", reason: "unanswered" };
}

/**
 * @template T
 * @param {Promise<T>} coming @param {number} wait milliseconds
 * @returns {Promise<T|null>}
 */
export async function within(coming, wait) {
  /** @type {Promise<null>} */
  const late = new Promise((resolve) => setTimeout(() => resolve(null), Math.max(0, wait)));
  return Promise.race([coming, late]);
}
