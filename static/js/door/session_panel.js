/** Which session of a course the door stands for just now. */
import { sessionAt } from "../devices/doors.js";
import { part, say } from "./parts.js";

/** @typedef {{title: string, starts: number, ends: number}} ShownSession */

const EACH_MS = 60_000;

/** @param {ShownSession[]} sessions @param {import("./words.js").Words} words */
export function showSession(sessions, words) {
  const listed = sessions.map((session, place) => ({ ...session, id: String(place) }));
  const show = () => {
    const now = listed.find(({ id }) => id === sessionAt(Date.now(), listed));
    if (now) say("session", words.say("session", { what: timed(now, words) }));
  };
  if (listed.length < 2 && !listed[0]?.title) return;
  show();
  setInterval(show, EACH_MS);
}

/**
 * Let somebody choose for which session this phone scans, where it may.
 * @param {import("./scanner.js").Scanner} scanner @param {import("./words.js").Words} words
 */
export function chooseSession(scanner, words) {
  const select = /** @type {HTMLSelectElement} */ (part("session-gate"));
  let chosen = "";
  const show = () => {
    const choices = scanner.choices();
    const offered = choices.map((choice) => [choice.gate, described(choice, words)]);
    const listed = [["", words.say("session_own")], ...offered];
    part("session-choice").hidden = choices.length === 0;
    select.replaceChildren(...listed.map(([gate, text]) => new Option(text, gate)));
    // A session that is over can no longer be chosen: the phone scans for its own gate again.
    select.value = choices.some(({ gate }) => gate === chosen) ? chosen : "";
    part("session-choice").dataset.chosen = String(select.value !== "");
  };
  select.addEventListener("change", () => void scanner.choose(select.value));
  scanner.watch((state) => {
    const moved = state.chosen !== chosen || state.listedAt !== null;
    chosen = state.chosen;
    if (moved && document.activeElement !== select) show();
  });
  select.addEventListener("blur", show);
  setInterval(() => document.activeElement !== select && show(), EACH_MS);
}

/** @param {import("../devices/sessions.js").Choice} choice @param {import("./words.js").Words} words */
function described(choice, words) {
  return words.say("session_at", { what: timed(choice, words), gate: choice.gate });
}

/** @param {ShownSession} session @param {import("./words.js").Words} words */
function timed(session, words) {
  const [starts, ends] = [new Date(session.starts), new Date(session.ends)];
  const hours = `${words.time.format(starts)}–${words.time.format(ends)}`;
  return [session.title, words.day.format(starts), hours].filter(Boolean).join(", ");
}
