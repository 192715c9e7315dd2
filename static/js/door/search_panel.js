/** Finding people by name: from the server, or from the names the lead has unlocked. */
import { NamesLocked, SearchesSpent } from "../checkin/names.js";
import { copyOf, inner, input, part, say } from "./parts.js";

/**
 * @typedef {import("../checkin/names.js").Holder} Holder
 * @typedef {import("./words.js").Words} Words
 * @typedef {{at: string, gate: string, came: number}} LetIn
 */

const PAUSE_MS = 250;
const MOST = 20;
const LEAST_LETTERS = 2;
const BADGES = /** @type {Record<string, string>} */ ({
  valid: "badge-success", some: "badge-warning", inside: "badge-warning", waitlisted: "badge-warning",
  cancelled: "badge-error", revoked: "badge-error",
});

export class SearchPanel {
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #pause;
  /** @type {"none"|"locked"|"open"} */
  #names = "none";
  #gate = "";
  /** Whom this phone let in since the names were fetched, by code. @type {Map<string, LetIn>} */
  #letIn = new Map();

  /**
   * @param {import("./scanner.js").Scanner} scanner @param {import("./scan_panel.js").ScanPanel} scanPanel
   * @param {Words} words
   */
  constructor(scanner, scanPanel, words) {
    this.scanner = scanner;
    this.scanPanel = scanPanel;
    this.words = words;
    scanner.watch((state) => {
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
      const holders = await this.scanner.search(text);
      if (mine !== this.#asked) return undefined;
      this.#shut(false);
      return this.#show(holders, this.#summary(holders.length));
    } catch (error) {
      if (mine !== this.#asked) return undefined;
      const locked = error instanceof NamesLocked;
      this.#shut(locked);
      const why = error instanceof SearchesSpent ? "search_spent" : "search_failed";
      return this.#show([], locked ? "" : this.words.say(why));
    }
  }

  /** @param {number} n */
  #summary(n) {
    if (n === 0) return this.words.say("search_none");
    return this.words.say(n >= MOST ? "search_many" : "search_found", { n });
  }

  /** @param {Holder[]} holders @param {string} summary */
  #show(holders, summary) {
    say("search-said", summary);
    part("people").replaceChildren(...holders.map((holder) => this.#row(holder)));
  }

  /** @param {boolean} locked */
  #shut(locked) {
    part("names-locked").hidden = !(locked && this.#names === "locked");
    part("names-none").hidden = !(locked && this.#names === "none");
  }

  /** @param {Holder} holder */
  #row(holder) {
    const row = copyOf("person");
    const here = this.#letIn.get(holder.code);
    const first = holder.first ?? here;
    const came = Math.max(holder.came ?? 0, here?.came ?? 0);
    const arrived = came < holder.seats ? "some" : "inside";
    const state = first && holder.state === "valid" ? arrived : holder.state;
    inner(row, ".person-name").textContent = holder.name;
    inner(row, ".person-state").classList.add(BADGES[state] ?? "badge-neutral");
    inner(row, ".person-state").textContent = this.words.say(`state_${state}`);
    const group = { ...holder, ...(state === "some" ? { came } : {}) };
    inner(row, ".person-seats").textContent = this.words.group(group);
    inner(row, ".person-first").textContent = first ? this.words.first(first) : "";
    inner(row, ".person-notes").textContent = holder.notes ?? "";
    const let_in = /** @type {HTMLButtonElement} */ (inner(row, ".person-let"));
    const out = this.scanPanel.way === "exit";
    let_in.textContent = this.words.say(out ? "let_out_one" : "let_in_one");
    let_in.classList.add(["valid", "some"].includes(state) ? "button-primary" : "button-secondary");
    let_in.setAttribute("aria-label", `${let_in.textContent}: ${holder.name}`);
    let_in.addEventListener("click", () => void this.#let(holder));
    return row;
  }

  /** @param {Holder} holder */
  async #let(holder) {
    const { way } = this.scanPanel;
    const answer = await this.scanPanel.scan(holder.code, way);
    if (answer?.verdict === "admitted" && answer.offline) {
      const came = answer.came ?? holder.seats;
      this.#letIn.set(holder.code, { at: new Date().toISOString(), gate: this.#gate, came });
    } else if (answer?.verdict === "exit") this.#letIn.delete(holder.code);
    await this.find();
  }

  async #unlock() {
    const opened = await this.scanner.unlock(input("unlock-word").value.trim());
    say("unlock-wrong", opened ? "" : this.words.say("unlock_wrong"));
    if (!opened) return input("unlock-word").focus();
    input("unlock-word").value = "";
    this.#shut(false);
    input("search-text").focus();
    return this.find();
  }
}
