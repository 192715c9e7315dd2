/** Finding people by name: from the server, or from the names the lead has unlocked. */
import { NamesLocked } from "../checkin/names.js";
import { copyOf, inner, input, part, say } from "./parts.js";

/**
 * @typedef {import("../checkin/names.js").Found} Found
 * @typedef {import("./words.js").Words} Words
 * @typedef {{at: string, gate: string}} First
 */

const PAUSE_MS = 250;
const MOST = 20;
const LEAST_LETTERS = 2;
const BADGES = /** @type {Record<string, string>} */ ({
  valid: "badge-success", inside: "badge-warning", waitlisted: "badge-warning",
  cancelled: "badge-error", revoked: "badge-error",
});

export class Search {
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #pause;
  /** @type {"none"|"locked"|"open"} */
  #names = "none";
  #gate = "";
  /** Whom this phone let in since the names were fetched, by code. @type {Map<string, First>} */
  #letIn = new Map();

  /**
   * @param {import("./engine.js").Door} door @param {import("./scan_panel.js").Scanning} scanning
   * @param {Words} words
   */
  constructor(door, scanning, words) {
    this.door = door;
    this.scanning = scanning;
    this.words = words;
    door.watch((state) => {
      this.#names = state.names;
      this.#gate = state.gate;
      if (state.online) this.#shut(false);
    });
    input("search-text").addEventListener("input", () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => void this.find(), PAUSE_MS);
    });
    part("search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.find();
    });
    part("unlock-form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#unlock();
    });
  }

  /** Nobody's name stays on the screen when the panel is left. */
  clear() {
    clearTimeout(this.#pause);
    this.#asked += 1;
    input("search-text").value = "";
    part("people").replaceChildren();
    say("search-said", "");
  }

  async find() {
    const text = input("search-text").value.trim();
    this.#asked += 1;
    const mine = this.#asked;
    if (text.length < LEAST_LETTERS) return this.#show([], text && this.words.say("search_short"));
    try {
      const found = await this.door.search(text);
      if (mine !== this.#asked) return undefined;
      this.#shut(false);
      return this.#show(found, this.#told(found.length));
    } catch (error) {
      if (mine !== this.#asked) return undefined;
      const locked = error instanceof NamesLocked;
      this.#shut(locked);
      return this.#show([], locked ? "" : this.words.say("search_failed"));
    }
  }

  /** @param {number} n */
  #told(n) {
    if (n === 0) return this.words.say("search_none");
    return this.words.say(n >= MOST ? "search_many" : "search_found", { n });
  }

  /** @param {Found[]} found @param {string} told */
  #show(found, told) {
    say("search-said", told);
    part("people").replaceChildren(...found.map((one) => this.#row(one)));
  }

  /** @param {boolean} locked */
  #shut(locked) {
    part("names-locked").hidden = !(locked && this.#names === "locked");
    part("names-none").hidden = !(locked && this.#names === "none");
  }

  /** @param {Found} one */
  #row(one) {
    const row = copyOf("person");
    const first = one.first ?? this.#letIn.get(one.code);
    const state = first && one.state === "valid" ? "inside" : one.state;
    inner(row, ".person-name").textContent = one.name;
    inner(row, ".person-state").classList.add(BADGES[state] ?? "badge-neutral");
    inner(row, ".person-state").textContent = this.words.say(`state_${state}`);
    const group = one.seats > 1 ? this.words.say("group", { n: one.seats }) : "";
    inner(row, ".person-seats").textContent = group;
    inner(row, ".person-first").textContent = first ? this.words.first(first) : "";
    inner(row, ".person-notes").textContent = one.notes ?? "";
    const let_in = /** @type {HTMLButtonElement} */ (inner(row, ".person-let"));
    const out = this.scanning.way === "exit";
    let_in.textContent = this.words.say(out ? "let_out_one" : "let_in_one");
    let_in.classList.add(state === "valid" ? "button-primary" : "button-secondary");
    let_in.setAttribute("aria-label", `${let_in.textContent}: ${one.name}`);
    let_in.addEventListener("click", () => void this.#let(one));
    return row;
  }

  /** @param {Found} one */
  async #let(one) {
    const { way } = this.scanning;
    const answer = await this.scanning.scan(one.code, way);
    if (answer?.verdict === "admitted" && answer.offline) {
      this.#letIn.set(one.code, { at: new Date().toISOString(), gate: this.#gate });
    } else if (answer?.verdict === "exit") this.#letIn.delete(one.code);
    await this.find();
  }

  async #unlock() {
    const opened = await this.door.unlock(input("unlock-word").value.trim());
    say("unlock-wrong", opened ? "" : this.words.say("unlock_wrong"));
    if (!opened) return input("unlock-word").focus();
    input("unlock-word").value = "";
    this.#shut(false);
    input("search-text").focus();
    return this.find();
  }
}
