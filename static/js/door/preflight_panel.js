/** The day before: is everything on this phone, and what to do about what is not. */
import { button, copyOf, inner, part, say } from "./parts.js";

/**
 * @typedef {"good"|"bad"|"waits"} Mark
 * @typedef {{name: string, mark: Mark, facts?: Record<string, string|number>}} Check
 * @typedef {import("./words.js").Words} Words
 */

const FRESH_MS = 24 * 60 * 60_000;

export class Preflight {
  #unsent = 0;
  #again = 0;

  /**
   * @param {import("./engine.js").Door} door @param {Words} words
   * @param {() => Promise<boolean|null>} camera whether it may be used, null where nobody knows
   */
  constructor(door, words, camera) {
    this.door = door;
    this.words = words;
    this.camera = camera;
    door.watch(({ unsent }) => {
      this.#unsent = unsent;
    });
    button("check-again").addEventListener("click", () => void this.check());
  }

  async check() {
    this.#again += 1;
    const mine = this.#again;
    say("preflight-said", this.words.say("checking"));
    part("preflight-said").dataset.state = "waits";
    const [found, camera] = await Promise.all([this.door.preflight(), this.camera()]);
    if (mine !== this.#again) return;
    this.#show(checks(found, camera, this.#unsent, this.words));
  }

  /** @param {Check[]} checked */
  #show(checked) {
    const bad = checked.filter((one) => one.mark !== "good").length;
    part("preflight-said").dataset.state = bad === 0 ? "good" : "bad";
    say("preflight-said", bad === 0 ? this.words.say("all_good") : this.words.say("some_bad", { n: bad }));
    part("checks").replaceChildren(...checked.map((one) => this.#row(one)));
  }

  /** @param {Check} one */
  #row(one) {
    const row = copyOf("check");
    row.dataset.state = one.mark;
    inner(row, ".check-name").textContent = this.words.say(one.name, one.facts);
    inner(row, ".check-state").textContent = this.words.say(`check_${one.mark}`);
    const fix = one.mark === "good" ? "" : this.words.say(`${one.name}_fix`, one.facts);
    inner(row, ".check-fix").textContent = fix;
    return row;
  }
}

/**
 * @param {import("./engine.js").Preflight} found @param {boolean|null} camera
 * @param {number} unsent @param {Words} words
 * @returns {Check[]}
 */
function checks(found, camera, unsent, words) {
  const { listedAt } = found;
  const age = listedAt === null ? "" : words.age(listedAt);
  return [
    { name: "tickets", mark: marked(found.tickets > 0), facts: { n: found.tickets } },
    listedAt === null
      ? { name: "never_fresh", mark: "bad" }
      : { name: "fresh", mark: marked(Date.now() - listedAt < FRESH_MS), facts: { age } },
    { name: "offline_ready", mark: marked(found.offlineReady) },
    camera === null
      ? { name: "camera_untried", mark: "waits" }
      : { name: "camera", mark: marked(camera) },
    found.testedAt === null ? { name: "untested", mark: "waits" } : { name: "tested", mark: "good" },
    { name: "storage", mark: marked(found.storage) },
    { name: "signature", mark: marked(found.signature) },
    { name: "sent", mark: marked(unsent === 0), facts: { n: unsent } },
  ];
}

/**
 * @param {boolean} good
 * @returns {Mark}
 */
const marked = (good) => (good ? "good" : "bad");
