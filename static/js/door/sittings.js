/** Which session of a course the door stands for just now. */
import { say } from "./parts.js";
import { sessionAt } from "./verdict.js";

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

/** @param {Sitting} one @param {import("./words.js").Words} words */
function told(one, words) {
  const [starts, ends] = [new Date(one.starts), new Date(one.ends)];
  const hours = `${words.time.format(starts)}–${words.time.format(ends)}`;
  return [one.title, words.day.format(starts), hours].filter(Boolean).join(", ");
}
