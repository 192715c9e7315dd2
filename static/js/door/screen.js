/**
 * Shows what the door says: over the whole screen, by colour, shape and word.
 *
 * @typedef {{verdicts: Record<string, string>, reasons: Record<string, string>,
 *            others: Record<string, string>}} Words
 * @typedef {import("./queue.js").Answer} Answer
 * @typedef {"green"|"amber"|"red"} Look
 */

const SHAPES = {
  green: "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20zM7.5 12.5l3 3 6-6.5",
  amber: "M12 3l10 18H2zM12 10v5M12 18v.2",
  red: "M8 2h8l6 6v8l-6 6H8l-6-6V8zM9 9l6 6M15 9l-6 6",
};
const GREEN = ["admitted", "exit", "annulled"];
const AMBER = ["already", "unanswered"];
/** How long a green answer stands before the next scan, if nobody presses. */
const GREEN_MS = 1800;

export class Screen {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    this.dialog = /** @type {HTMLDialogElement} */ (document.getElementById("verdict"));
    this.time = new Intl.DateTimeFormat(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "Europe/Copenhagen",
    });
    this.#part("verdict-next").addEventListener("click", () => this.dialog.close());
  }

  /**
   * @param {Answer} answer
   * @returns {Look}
   */
  look(answer) {
    if (GREEN.includes(answer.verdict)) return "green";
    return AMBER.includes(answer.verdict) ? "amber" : "red";
  }

  /**
   * Show an answer; resolves when it has been seen.
   * @param {Answer} answer
   */
  async show(answer) {
    const look = this.look(answer);
    this.dialog.dataset.look = look;
    this.#part("verdict-shape").setAttribute("d", SHAPES[look]);
    this.#say("verdict-word", this.words.verdicts[answer.verdict] ?? answer.verdict);
    this.#say("verdict-name", answer.name ?? "");
    this.#say("verdict-group", answer.seats ? this.#fill("group", { n: answer.seats }) : "");
    this.#say("verdict-notes", answer.notes ?? "");
    this.#say("verdict-reason", this.#reason(answer));
    const seen = new Promise((resolve) => {
      this.dialog.addEventListener("close", resolve, { once: true });
    });
    this.dialog.showModal();
    this.#part("verdict-next").focus();
    const timer = look === "green" ? setTimeout(() => this.dialog.close(), GREEN_MS) : 0;
    await seen;
    clearTimeout(timer);
  }

  /**
   * What to do now, beneath the camera's picture.
   * @param {string} name
   */
  hint(name) {
    this.#say("hint", this.words.others[name] ?? "");
  }

  /** @param {import("./queue.js").State} state */
  network(state) {
    const network = this.#part("network");
    network.dataset.state = state.online ? "online" : "offline";
    network.textContent = this.words.others[network.dataset.state];
    this.#say("unsent", this.#fill("unsent", { n: state.unsent }));
  }

  /** @param {Answer} answer */
  #reason(answer) {
    if (answer.first) {
      const time = this.time.format(new Date(answer.first.at));
      return this.#fill("first", { time, gate: answer.first.gate });
    }
    return this.words.reasons[answer.reason ?? answer.verdict] ?? "";
  }

  /** @param {string} name @param {Record<string, string|number>} facts */
  #fill(name, facts) {
    return Object.entries(facts).reduce(
      (text, [key, value]) => text.replace(`%(${key})s`, String(value)),
      this.words.others[name],
    );
  }

  /** @param {string} id @param {string} text */
  #say(id, text) {
    this.#part(id).textContent = text;
  }

  /** @param {string} id */
  #part(id) {
    return /** @type {HTMLElement} */ (document.getElementById(id));
  }
}
