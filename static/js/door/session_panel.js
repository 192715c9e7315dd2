/** Which session of a course the door stands for just now. */
import { sessionAt } from "../devices/doors.js";
import { part, say } from "./parts.js";

/** @typedef {{title: string, starts: number, ends: number}} Sitting */

const EACH_MS = 60_000;

/** @param {Sitting[]} sittings @param {import("./words.js").Words} words */
export function showSession(sittings, words) {
  const listed = sittings.map((one, place) => ({ ...one, id: String(place) }));
  const show = () => {
    const now = listed.find((one) => one.id === sessionAt(Date.now(), listed));
    if (now) say("session", words.say("session", { what: told(now, words) }));
  };
  if (listed.length < 2 && !listed[0]?.title) return;
  show();
  setInterval(show, EACH_MS);
}

/**
 * Let somebody choose for which sitting this phone scans, where it may.
 * @param {import("./engine.js").Door} door @param {import("./words.js").Words} words
 */
export function chooseSitting(door, words) {
  const select = /** @type {HTMLSelectElement} */ (part("sitting-gate"));
  let chosen = "";
  const show = () => {
    const choices = door.choices();
    const listed = [["", words.say("sitting_own")], ...choices.map((one) => [one.gate, offered(one, words)])];
    part("sitting-choice").hidden = choices.length === 0;
    select.replaceChildren(...listed.map(([gate, text]) => new Option(text, gate)));
    // A sitting that is over can no longer be chosen: the phone scans for its own gate again.
    select.value = choices.some((one) => one.gate === chosen) ? chosen : "";
    part("sitting-choice").dataset.chosen = String(select.value !== "");
  };
  select.addEventListener("change", () => void door.choose(select.value));
  door.watch((state) => {
    const moved = state.chosen !== chosen || state.listedAt !== null;
    chosen = state.chosen;
    if (moved && document.activeElement !== select) show();
  });
  select.addEventListener("blur", show);
  setInterval(() => document.activeElement !== select && show(), EACH_MS);
}

/** @param {import("../devices/sessions.js").Choice} one @param {import("./words.js").Words} words */
const offered = (one, words) => words.say("sitting_at", { what: told(one, words), gate: one.gate });

/** @param {Sitting} one @param {import("./words.js").Words} words */
function told(one, words) {
  const [starts, ends] = [new Date(one.starts), new Date(one.ends)];
  const hours = `${words.time.format(starts)}–${words.time.format(ends)}`;
  return [one.title, words.day.format(starts), hours].filter(Boolean).join(", ");
}
