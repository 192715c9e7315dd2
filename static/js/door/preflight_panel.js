/** The day before: is everything on this phone, and what to do about what is not. */
import { button, copyOf, inner, part, say } from "./parts.js";

/**
 * @typedef {"good"|"bad"|"waits"|"known"} Mark `known`: nothing can be done about it
 * @typedef {{name: string, mark: Mark, facts?: Record<string, string|number>}} Check
 * @typedef {import("./words.js").Words} Words
 */

const FRESH_MS = 24 * 60 * 60_000;

export class PreflightPanel {
  #unsent = 0;
  #again = 0;
  #standing = "";
  /** Whether the browser was asked here to keep what is stored. */
  #asked = false;

  /**
   * @param {import("./scanner.js").Scanner} scanner @param {Words} words
   * @param {import("./finder.js").Finder|null} finder
   */
  constructor(scanner, words, finder) {
    this.scanner = scanner;
    this.words = words;
    this.finder = finder;
    scanner.watch(({ unsent, tickets, listedAt }) => {
      this.#unsent = unsent;
      const standing = [unsent > 0, tickets, listedAt === null].join();
      const changed = standing !== this.#standing;
      this.#standing = standing;
      // What arrives while somebody looks at the rows is in them at once.
      if (changed && this.#again > 0 && !part("view-preflight").hidden) void this.check();
    });
    button("check-again").addEventListener("click", () => void this.check());
    button("keep-stored").addEventListener("click", () => void this.#keepStored());
  }

  /** @returns {Promise<void>} */
  async check() {
    this.#again += 1;
    const mine = this.#again;
    say("preflight-said", this.words.say("checking"));
    part("preflight-said").dataset.state = "waits";
    const preflight = await this.scanner.preflight();
    if (mine !== this.#again) return;
    // Two questions at once hide each other: that about the camera comes first.
    const { finder } = this;
    const asking = finder?.asking ?? false;
    button("keep-stored").hidden = asking || this.#asked || preflight.storage !== false;
    if (asking) {
      this.#show([...this.#checks(preflight), { name: "camera_asked", mark: "waits" }]);
      say("preflight-said", this.words.say("camera_asked_fix"));
      part("preflight-said").dataset.state = "waits";
    }
    const camera = (await finder?.mayUse()) ?? null;
    if (mine !== this.#again) return;
    if (asking) return this.check();
    const tried = camera === null
      ? { name: "camera_untried", mark: /** @type {Mark} */ ("waits") }
      : { name: "camera", mark: marked(camera) };
    this.#show([...this.#checks(preflight), tried]);
  }

  async #keepStored() {
    say("preflight-said", this.words.say("storage_asked"));
    part("preflight-said").dataset.state = "waits";
    this.#asked = true;
    await this.scanner.askToKeep();
    await this.check();
  }

  /** @param {import("./scanner.js").Preflight} preflight */
  #checks(preflight) {
    return [...checks(preflight, this.#unsent, this.words), stored(preflight.storage, this.#asked)];
  }

  /** @param {Check[]} checked */
  #show(checked) {
    const bad = checked.filter(({ mark }) => mark !== "good" && mark !== "known").length;
    part("preflight-said").dataset.state = bad === 0 ? "good" : "bad";
    say("preflight-said", bad === 0 ? this.words.say("all_good") : this.words.say("some_bad", { n: bad }));
    part("checks").replaceChildren(...checked.map((check) => this.#row(check)));
  }

  /** @param {Check} check */
  #row(check) {
    const row = copyOf("check");
    row.dataset.state = check.mark === "known" ? "waits" : check.mark;
    inner(row, ".check-name").textContent = this.words.say(check.name, check.facts);
    inner(row, ".check-state").textContent = this.words.say(`check_${check.mark}`);
    const fix = check.mark === "good" ? "" : this.words.say(`${check.name}_fix`, check.facts);
    inner(row, ".check-fix").textContent = fix;
    return row;
  }
}

/**
 * Whether the browser keeps what is stored, and what can be done about it.
 * @param {boolean|null} storage @param {boolean} asked
 * @returns {Check}
 */
function stored(storage, asked) {
  if (storage === null) return { name: "storage_unknown", mark: "known" };
  if (storage || asked) return { name: "storage", mark: marked(storage) };
  return { name: "storage_unasked", mark: "waits" };
}

/**
 * @param {import("./scanner.js").Preflight} preflight @param {number} unsent @param {Words} words
 * @returns {Check[]}
 */
function checks(preflight, unsent, words) {
  const { listedAt } = preflight;
  const age = listedAt === null ? "" : words.age(listedAt);
  return [
    { name: "tickets", mark: marked(preflight.tickets > 0), facts: { n: preflight.tickets } },
    listedAt === null
      ? { name: "never_fresh", mark: "bad" }
      : { name: "fresh", mark: marked(Date.now() - listedAt < FRESH_MS), facts: { age } },
    { name: "offline_ready", mark: marked(preflight.offlineReady) },
    preflight.testedAt === null ? { name: "untested", mark: "waits" } : { name: "tested", mark: "good" },
    { name: "signature", mark: marked(preflight.signature) },
    { name: "sent", mark: marked(unsent === 0), facts: { n: unsent } },
  ];
}

/**
 * @param {boolean} good
 * @returns {Mark}
 */
const marked = (good) => (good ? "good" : "bad");
