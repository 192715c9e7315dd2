/** The day before: is everything on this phone, and what to do about what is not. */
import { button, copyOf, inner, part, say } from "./parts.js";

/**
 * @typedef {"good"|"bad"|"waits"} Mark
 * @typedef {{name: string, mark: Mark, facts?: Record<string, string|number>}} Check
 * @typedef {import("./words.js").Words} Words
 */

const FRESH_MS = 24 * 60 * 60_000;

export class PreflightPanel {
  #unsent = 0;
  #again = 0;

  /**
   * @param {import("./scanner.js").Scanner} scanner @param {Words} words
   * @param {() => Promise<boolean|null>} camera whether it may be used, null where nobody knows
   */
  constructor(scanner, words, camera) {
    this.scanner = scanner;
    this.words = words;
    this.camera = camera;
    scanner.watch(({ unsent }) => {
      this.#unsent = unsent;
    });
    button("check-again").addEventListener("click", () => void this.check());
  }

  async check() {
    this.#again += 1;
    const mine = this.#again;
    say("preflight-said", this.words.say("checking"));
    part("preflight-said").dataset.state = "waits";
    const [preflight, camera] = await Promise.all([this.scanner.preflight(), this.camera()]);
    if (mine !== this.#again) return;
    this.#show(checks(preflight, camera, this.#unsent, this.words));
  }

  /** @param {Check[]} checked */
  #show(checked) {
    const bad = checked.filter((check) => check.mark !== "good").length;
    part("preflight-said").dataset.state = bad === 0 ? "good" : "bad";
    say("preflight-said", bad === 0 ? this.words.say("all_good") : this.words.say("some_bad", { n: bad }));
    part("checks").replaceChildren(...checked.map((check) => this.#row(check)));
  }

  /** @param {Check} check */
  #row(check) {
    const row = copyOf("check");
    row.dataset.state = check.mark;
    inner(row, ".check-name").textContent = this.words.say(check.name, check.facts);
    inner(row, ".check-state").textContent = this.words.say(`check_${check.mark}`);
    const fix = check.mark === "good" ? "" : this.words.say(`${check.name}_fix`, check.facts);
    inner(row, ".check-fix").textContent = fix;
    return row;
  }
}

/**
 * @param {import("./scanner.js").Preflight} preflight @param {boolean|null} camera
 * @param {number} unsent @param {Words} words
 * @returns {Check[]}
 */
function checks(preflight, camera, unsent, words) {
  const { listedAt } = preflight;
  const age = listedAt === null ? "" : words.age(listedAt);
  return [
    { name: "tickets", mark: marked(preflight.tickets > 0), facts: { n: preflight.tickets } },
    listedAt === null
      ? { name: "never_fresh", mark: "bad" }
      : { name: "fresh", mark: marked(Date.now() - listedAt < FRESH_MS), facts: { age } },
    { name: "offline_ready", mark: marked(preflight.offlineReady) },
    camera === null
      ? { name: "camera_untried", mark: "waits" }
      : { name: "camera", mark: marked(camera) },
    preflight.testedAt === null ? { name: "untested", mark: "waits" } : { name: "tested", mark: "good" },
    { name: "storage", mark: marked(preflight.storage) },
    { name: "signature", mark: marked(preflight.signature) },
    { name: "sent", mark: marked(unsent === 0), facts: { n: unsent } },
  ];
}

/**
 * @param {boolean} good
 * @returns {Mark}
 */
const marked = (good) => (good ? "good" : "bad");
