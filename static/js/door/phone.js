/**
 * This phone as it stands: who it is, its list, its line to the server, and its heartbeat.
 *
 * @typedef {import("./scanner.js").State} State
 * @typedef {import("../devices/pairings.js").Setup} Setup
 * @typedef {import("../checkin/answers.js").Answer} Answer
 * @typedef {import("../checkin/store.js").List} List
 * @typedef {import("../checkin/store.js").Waiting} Waiting
 */
import { passes } from "../checkin/answers.js";
import { Delivery, letsIn } from "../checkin/delivery.js";
import { firstList, readMoves, refreshedList } from "../checkin/lists.js";
import { Names } from "../checkin/names.js";
import { Store } from "../checkin/store.js";
import { TallyCounter } from "../crowd/tally.js";
import { offsetBy } from "../devices/clocks.js";
import { Link } from "../devices/link.js";
import { notePairing } from "../devices/pairings.js";
import { choicesAt, doorsOfPhone } from "../devices/sessions.js";
import { Heartbeat } from "./heartbeat.js";
import { sendWaiting } from "./sending.js";
import { dropPage } from "./shell.js";

/** After the event's end the list is empty; it is asked for again now and then, lest it moved. */
const ASK_ENDED_MS = 300_000;
/** A correction serves while the person is still near; later ones are for the lead's page. */
const NEAR_MS = 120_000;
/** How often an open page looks whether the event is over, whatever the network does. */
const WIPE_MS = 60_000;
const CHOSEN = "chosen";

export class Phone {
  /** @type {List|null} */
  list = null;
  /** How far the clock here is behind the server's. */
  offset = 0;
  /** The last stamp, a bound from below for what is scanned now. @type {string|null} */
  stamp = null;
  /** @type {boolean|null} */
  camera = null;
  /** Who was let in last without a ticket, encrypted, so that it can be taken back. */
  lastWalkIn = /** @type {{id: string, gate: string, at: string, sealed: string}|null} */ (null);
  /** @type {((state: State) => void)[]} */
  #watchers = [];
  /** The last scan that was made before the pulse now on its way. */
  #seqReported = 0;
  /** When the list of an event that is over was last asked for; 0 while it is not. */
  #endedAt = 0;
  /** @type {State} */
  state;

  /** @param {Setup} setup */
  static async open(setup) {
    const store = await Store.open();
    const phone = new Phone(setup, store);
    await phone.#remember();
    void phone.heartbeat.now();
    setInterval(() => void phone.#wipeWhenOver(), WIPE_MS);
    return phone;
  }

  /** @param {Setup} setup @param {Store} store */
  constructor(setup, store) {
    this.setup = setup;
    this.store = store;
    this.link = new Link(setup.token);
    this.names = new Names(store, () => this.now());
    this.tally = new TallyCounter(store, this.link, setup.device, () => this.now());
    this.delivery = new Delivery(store, (waiting, answer) => this.#delivered(waiting, answer));
    this.heartbeat = new Heartbeat(this.link, {
      tell: () => this.#report(),
      heard: (pulse, sent, received) => this.#heard(pulse, sent, received),
      refused: () => this.#refused(),
      lost: () => this.#lost(),
    });
    this.state = {
      online: false, unsent: 0, listedAt: null, tickets: 0, syncing: false,
      revoked: false, names: "none", rights: setup.rights, gate: setup.gate, chosen: "", crowd: null,
      correction: null,
    };
  }

  /** Take up what is on disk; what belongs to another phone or event is wiped. */
  async #remember() {
    const { store, setup } = this;
    const last = await store.get("phone");
    await notePairing(store, setup);
    if (last && (last.device !== setup.device || last.event !== setup.event.id)) await store.wipe();
    else if (last) this.tell({ gate: last.gate, rights: last.rights });
    await this.#keepSelf();
    this.tell({ chosen: (await store.get(CHOSEN)) ?? "" });
    this.offset = (await store.get("offset")) ?? 0;
    this.stamp = (await store.get("stamp")) ?? null;
    await this.tally.open();
    this.tell({ crowd: this.tally.crowd });
    const list = await store.get("list");
    if (list) {
      list.listedAt = (await store.get("listedAt")) ?? list.listedAt;
      await store.layTyped(list.number);
    }
    this.#useList(list ?? firstList(setup));
    await this.#wipeWhenOver();
    this.recount();
    this.tell({ names: await this.names.standing() });
  }

  async #keepSelf() {
    const { gate, rights } = this.state;
    const { device, event } = this.setup;
    await this.store.put("phone", { device, event: event.id, gate, rights });
  }

  /** @param {List|null} list */
  #useList(list) {
    this.list = list;
    this.tell({ tickets: list?.tickets ?? 0, listedAt: list?.listedAt || null });
  }

  /** @param {(state: State) => void} watcher */
  watch(watcher) {
    this.#watchers.push(watcher);
    watcher(this.state);
  }

  /** @param {Partial<State>} change */
  tell(change) {
    const names = /** @type {(keyof State)[]} */ (Object.keys(change));
    if (names.every((name) => this.state[name] === change[name])) return;
    this.state = { ...this.state, ...change };
    for (const watcher of this.#watchers) watcher(this.state);
  }

  /** The sessions that may be chosen now. */
  choices() {
    const { gate, rights } = this.state;
    if (this.list === null || !rights.includes("session")) return [];
    return choicesAt(this.list.doors, gate, this.now());
  }

  /** The list with the doors as this phone knows them. */
  listHere() {
    const { list } = this;
    return list && { ...list, doors: doorsOfPhone(list.doors, this.state.gate) };
  }

  /** @param {string} gate */
  async choose(gate) {
    await this.store.put(CHOSEN, gate);
    this.tell({ chosen: gate });
  }

  /** The gate a scan is made for: the chosen one while it may be chosen, else this phone's. */
  get gate() {
    const { gate, chosen } = this.state;
    return this.choices().some((choice) => choice.gate === chosen) ? chosen : gate;
  }

  /** The number of the next scan of this phone. */
  nextSeq() {
    this.store.seq += 1;
    return this.store.seq;
  }

  /** The server's time, as far as it is known here. */
  now() {
    return Date.now() + this.offset;
  }

  /** How many scans still wait, but for those whose answer is on its way. */
  recount() {
    const { asked } = this.delivery;
    const unsent = [...this.store.waits].filter((id) => !asked.has(id)).length;
    if (unsent !== this.state.unsent) this.tell({ unsent });
  }

  /** @returns {Promise<import("./heartbeat.js").PhoneReport>} */
  async #report() {
    const testedAt = await this.store.get("testedAt");
    this.#seqReported = this.store.seq;
    return {
      unsent: this.store.waits.size,
      version: this.list?.version || null,
      listed_at: this.list?.listedAt ? new Date(this.list.listedAt).toISOString() : null,
      camera: this.camera,
      tested_at: testedAt ? new Date(testedAt).toISOString() : null,
      offset_ms: this.offset,
    };
  }

  /** @param {import("./heartbeat.js").Pulse} pulse @param {number} sent @param {number} received */
  async #heard(pulse, sent, received) {
    this.offset = offsetBy(pulse.stamp, sent, received);
    this.stamp = pulse.stamp;
    await this.store.put("offset", this.offset);
    await this.store.stampWaiting(pulse.stamp, this.#seqReported);
    const { gate, rights, crowd } = pulse;
    const changed = gate !== this.state.gate || String(rights) !== String(this.state.rights);
    await this.tally.hear(crowd);
    const syncing = this.state.unsent > 0 || this.list?.version !== pulse.version;
    this.tell({ online: true, revoked: false, gate, rights, crowd, syncing });
    if (changed) await this.#keepSelf();
    await this.#deliver();
    await this.#refresh(pulse.version);
    await this.#refreshNames(pulse);
    await this.tally.send();
    this.tell({ syncing: false, online: this.link.online, crowd: this.tally.crowd });
  }

  /** @param {number} version */
  async #refresh(version) {
    const former = this.list;
    const over = this.#endedAt > 0;
    if (!over) await readMoves(this.store, this.link);
    const waits = Date.now() - this.#endedAt < ASK_ENDED_MS;
    if (!waits && (former === null || former.version !== version)) {
      this.#useList(await refreshedList(this.store, this.link, former));
      if (over) this.#endedAt = Date.now();
    }
    if (this.list?.version === version) {
      this.list.listedAt = Date.now();
      await this.store.put("listedAt", this.list.listedAt);
      this.#useList(this.list);
    }
    await this.#wipeWhenOver();
  }

  /** @param {import("./heartbeat.js").Pulse} pulse */
  async #refreshNames({ names, names_until: until, version }) {
    if (!names || this.#endedAt > 0) {
      if (this.state.names !== "none") await this.names.forget();
    } else if (await this.names.wants(until, version)) {
      const reply = await this.link.ask("names", null, 30_000);
      if (reply?.status === 200) await this.names.keep(reply.body, until, version);
    }
    this.tell({ names: await this.names.standing() });
  }

  /** At the event's end the list, the moves and the names go; the keys that seal scans stay. */
  async #wipeWhenOver() {
    const { list } = this;
    if (!list?.wipeAt || this.now() < list.wipeAt) {
      this.#endedAt = 0;
      return;
    }
    if (list.tickets > 0 || this.#endedAt === 0) {
      this.#endedAt = Date.now();
      const empty = { ...list, tickets: 0, version: 0 };
      await this.store.wipe();
      await this.store.put("list", empty);
      await this.#keepSelf();
      await this.names.forget();
      this.#useList(empty);
    }
  }

  /** No answer came: what ends with the event ends all the same. */
  async #lost() {
    this.tell({ online: false });
    await this.#wipeWhenOver();
  }

  /**
   * Revoked, left, or paired anew elsewhere: nothing of the list stays, and what waits is delivered,
   * what was made under an earlier pairing too.
   */
  async #refused() {
    if (!this.state.revoked) await this.forgetAll();
    this.tell({ revoked: true, online: true });
    await this.#deliver();
    await this.tally.send();
  }

  async #deliver() {
    await sendWaiting(this.delivery, this.link, this.setup.device);
    this.recount();
  }

  /** Forget everything but what waits. */
  async forgetAll() {
    await this.names.forget();
    await this.store.wipe();
    await dropPage();
    this.#useList(null);
    this.tell({ names: "none", crowd: null });
  }

  /** @param {Waiting} waiting @param {Answer} answer */
  #delivered(waiting, answer) {
    const green = waiting.shown === "green";
    const wrong = green !== passes(answer.verdict) || answer.override !== undefined;
    if (wrong && green && this.now() - waiting.time < NEAR_MS) {
      this.tell({ correction: { ...answer, entered: letsIn(waiting) } });
    }
  }
}
