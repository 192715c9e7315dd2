/** Counting people without tickets: one in, one out, how many are inside, and when it is full. */
import { button, part, say } from "./parts.js";

/** @typedef {import("../crowd/tally.js").Crowd} Crowd */

const PRESS_MS = 25;

/**
 * @param {import("./scanner.js").Scanner} scanner @param {import("./signals.js").Signals} signals
 * @param {import("./words.js").Words} words
 */
export function countPeople(scanner, signals, words) {
  let level = "calm";
  /** @param {Crowd} crowd */
  const show = (crowd) => {
    const now = levelOf(crowd);
    if (now !== level && now !== "calm") signals.tell(now === "full" ? "red" : "amber");
    level = now;
    fill(crowd, now, words);
  };
  /** @param {number} entered @param {number} left */
  const add = async (entered, left) => {
    const tally = await scanner.count(entered, left);
    show(tally);
    say("counted", words.say("counted_here", { entered: tally.entered, left: tally.left }));
  };
  button("count-in").addEventListener("click", () => void pressed(() => add(1, 0)));
  button("count-out").addEventListener("click", () => void pressed(() => add(0, 1)));
  scanner.watch(({ crowd }) => {
    if (crowd) show(crowd);
  });
  void add(0, 0);
}

/** @param {() => Promise<void>} adding */
function pressed(adding) {
  navigator.vibrate?.(PRESS_MS);
  return adding();
}

/** @param {Crowd} crowd */
function levelOf(crowd) {
  if (crowd.limit !== null && crowd.inside >= crowd.limit) return "full";
  return crowd.alarm ? "near" : "calm";
}

/** @param {Crowd} crowd @param {string} level @param {import("./words.js").Words} words */
function fill(crowd, level, words) {
  const { inside, low, high, limit, of = "counted" } = crowd;
  part("crowd").dataset.level = level;
  say("inside", words.number.format(inside));
  say("inside-range", low < high ? words.say("inside_estimate", { low, high }) : "");
  say("inside-of", words.say(`inside_${of}`));
  say("inside-limit", limit === null ? "" : words.say("inside_limit", { limit }));
  const bar = /** @type {HTMLProgressElement} */ (part("inside-bar"));
  bar.hidden = limit === null;
  bar.max = Math.max(1, limit ?? 1);
  bar.value = Math.max(0, Math.min(bar.max, inside));
  const room = Math.max(0, (limit ?? inside) - inside);
  const alarm = { calm: "", near: words.say("near_limit", { n: room }), full: words.say("at_limit") };
  const sentence = alarm[/** @type {keyof typeof alarm} */ (level)];
  say("alarm", sentence);
  // Who scans or searches does not see this panel.
  say("crowd-notice", sentence);
  part("crowd-notice").hidden = sentence === "";
}
