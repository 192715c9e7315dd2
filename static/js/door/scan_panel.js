/** From a code to a verdict on the screen: scans, takes back, and waits until each is seen. */
import { toAsk } from "../checkin/answers.js";
import { readShort, typedCodes } from "../checkin/codes.js";
import { isGarbled } from "../checkin/keyboards.js";
import { button, has, input, part, say } from "./parts.js";
import { look } from "./screen.js";

/**
 * @typedef {import("../checkin/answers.js").Answer} Answer
 * @typedef {"entry"|"exit"} Way
 */

/** The same code is not scanned again while it is still before the camera. */
const SAME_CODE_MS = 4000;
/** @type {Answer} */
const MISREAD = { id: "", stored: false, verdict: "misread" };
const WAYS = /** @type {Way[]} */ (["entry", "exit"]);

export class ScanPanel {
  /** @type {Way} */
  way = "entry";
  /** The next code is only tried, nothing is recorded. */
  trying = false;
  /** @type {() => void} */
  tried = () => {};
  /** @type {(way: Way) => void} */
  turned = () => {};
  #seen = { code: "", time: 0 };
  /** @type {{id: string, code: string}|null} */
  #last = null;
  #busy = false;
  /** What is asked or shown now. @type {Promise<unknown>} */
  #shown = Promise.resolve();
  /** How many tickets were scanned by hand and wait for their turn; and the last of them. */
  #waiting = 0;
  /** @type {Promise<unknown>} */
  #line = Promise.resolve();
  #mayUndo;
  #mayTrust;

  /**
   * @param {import("./scanner.js").Scanner} scanner @param {import("./screen.js").Screen} screen
   * @param {import("./signals.js").Signals} signals @param {import("./words.js").Words} words
   * @param {string[]} rights
   */
  constructor(scanner, screen, signals, words, rights) {
    this.scanner = scanner;
    this.screen = screen;
    this.signals = signals;
    this.words = words;
    this.#mayUndo = rights.includes("undo");
    this.#mayTrust = rights.includes("admit");
    if (has("undo")) button("undo").addEventListener("click", () => void this.undo());
    for (const way of WAYS.filter((name) => has(`way-${name}`))) {
      button(`way-${way}`).addEventListener("click", () => this.turn(way));
    }
    if (has("by-hand")) this.#takeTyped();
  }

  /** @param {Way} way */
  turn(way) {
    this.way = way;
    for (const other of WAYS) {
      button(`way-${other}`).setAttribute("aria-pressed", String(other === way));
    }
    part("scanner").dataset.way = way;
    this.turned(way);
  }

  /**
   * A code the camera has read, again and again while it is held up.
   * @param {string} code
   */
  read(code) {
    const again = code === this.#seen.code && Date.now() - this.#seen.time < SAME_CODE_MS;
    if (again) this.#seen.time = Date.now();
    if (code === "" || again) return;
    if (this.#busy) this.screen.makeWay();
    else void this.scan(code, this.way);
  }

  /**
   * What a hand scanner typed: judged in its turn, whatever stands on the screen.
   * @param {string} text
   */
  keyed(text) {
    this.#waiting += 1;
    this.screen.hurry(true);
    this.#line = this.#line.then(() => this.#next(text));
  }

  /** @param {string} text */
  async #next(text) {
    const code = await this.scanner.keyed(text).catch(() => text);
    while (this.#busy) await this.#shown;
    this.#waiting -= 1;
    this.screen.hurry(this.#waiting > 0);
    if (code !== null) return this.scan(code, this.way);
    return this.showing(this.way, "", async () => MISREAD);
  }

  /**
   * @param {string} code @param {Way} way
   */
  async scan(code, way) {
    this.#seen = { code, time: Date.now() };
    const trying = this.trying;
    const shown = await this.showing(way, code, async () => {
      if (!trying) return this.scanner.scan(code, way);
      const answer = await this.scanner.test(code);
      return answer.verdict === "admitted" ? { ...answer, verdict: "tested" } : answer;
    });
    this.#seen.time = Date.now();
    if (trying) this.tried();
    return shown;
  }

  async undo() {
    const last = this.#last;
    if (last === null) return;
    this.#keep(null);
    await this.showing(this.way, "", () => this.scanner.undo(last.id, last.code));
  }

  /**
   * Get an answer and show it; one at a time. Null where it was taken back.
   * @param {Way} way @param {string} code @param {() => Promise<Answer>} asking
   * @returns {Promise<Answer|null>}
   */
  showing(way, code, asking) {
    if (this.#busy) return Promise.resolve(null);
    this.#busy = true;
    const shown = this.#answered(way, code, asking);
    this.#shown = shown.catch(() => null);
    return shown;
  }

  /**
   * @param {Way} way @param {string} code @param {() => Promise<Answer>} asking
   * @returns {Promise<Answer|null>}
   */
  async #answered(way, code, asking) {
    /** @type {import("./screen.js").Choice} */
    let chosen = "";
    const answer = await asking().catch(() => unkept());
    try {
      this.#keep(mayBeUndone(answer) && code !== "" ? { id: answer.id, code } : null);
      this.signals.tell(look(answer));
      const undoable = this.#last !== null && this.#mayUndo;
      const trustable = answer.verdict === "unjudged" && answer.stored && this.#mayTrust && way === "entry";
      const ask = code === "" ? 0 : toAsk(answer);
      chosen = await this.screen.show(answer, { way: this.words.say(way), undoable, trustable, ask });
    } finally {
      this.#busy = false;
    }
    if (chosen === "" || chosen === answer.admits) return answer;
    if (typeof chosen === "number") {
      const admits = chosen;
      return this.showing(way, code, () => this.scanner.specify(answer, code, admits));
    }
    if (chosen === "trust") return this.showing(way, code, () => this.scanner.trust(code));
    await this.undo();
    return null;
  }

  /** @param {{id: string, code: string}|null} last */
  #keep(last) {
    this.#last = last;
    if (has("undo")) button("undo").disabled = last === null;
  }

  #takeTyped() {
    const details = /** @type {HTMLDetailsElement} */ (part("by-hand"));
    details.open = false;
    details.addEventListener("toggle", () => {
      if (details.open) input("code").focus();
    });
    part("page-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const code = input("code").value;
      const whole = typedCodes(code).length > 0 || readShort(code) !== null;
      const why = isGarbled(code.trim()) ? this.words.reason(MISREAD) : this.words.say("not_a_code");
      say("code-wrong", whole ? "" : why);
      input("code").setAttribute("aria-invalid", String(!whole));
      if (!whole) input("code").focus();
      else void this.#typed(code);
    });
  }

  /** @param {string} text */
  async #typed(text) {
    const code = await this.scanner.keyed(text);
    await this.scan(code ?? text, this.way);
    input("code").value = "";
  }
}

/** @param {Answer} answer */
const mayBeUndone = (answer) => ["admitted", "exit"].includes(answer.verdict) && answer.id !== "";

/** @returns {Answer} */
function unkept() {
  return { id: "", stored: false, verdict: "unanswered", reason: "storage" };
}
