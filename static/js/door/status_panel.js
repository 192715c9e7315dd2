/** The line that is always in sight: network in words, age of the list, what is not sent yet. */
import { part, say } from "./parts.js";

/** @typedef {import("./scanner.js").State} State */

const EACH_MS = 10_000;
/** A list older than this is told in another colour and sign. */
const OLD_MS = 15 * 60_000;

/**
 * Keep the line up to date.
 * @param {import("./scanner.js").Scanner} scanner @param {import("./words.js").Words} words
 */
export function showStatus(scanner, words) {
  /** @type {State|null} */
  let now = null;
  const show = () => {
    if (now) fill(now, words);
  };
  part("status").hidden = false;
  scanner.watch((state) => {
    now = state;
    show();
  });
  setInterval(show, EACH_MS);
}

/** @param {State} state @param {import("./words.js").Words} words */
function fill(state, words) {
  const network = part("network");
  network.dataset.state = state.online ? "online" : "offline";
  say("network", words.say(state.online ? "online" : "offline"));
  part("status").dataset.state = state.online ? "online" : "offline";
  part("unsent").dataset.some = String(state.unsent > 0);
  say("unsent", words.say("unsent", { n: state.unsent }));
  part("list-age").dataset.old = String(state.listedAt === null || isOld(state.listedAt));
  say("list-age", listAge(state, words));
  // The answer covers the whole screen, and this line with it: it is told there too.
  say("verdict-status", ["network", "list-age", "unsent"].map((id) => part(id).textContent).join(" · "));
  part("revoked").hidden = !state.revoked;
  const waits = state.unsent > 0 ? [words.say("revoked_unsent", { n: state.unsent })] : [];
  say("revoked", state.revoked ? [words.say("revoked"), ...waits].join(" ") : "");
}

/** @param {State} state @param {import("./words.js").Words} words */
function listAge(state, words) {
  if (state.listedAt !== null) return words.say("list_age", { age: words.age(state.listedAt) });
  return words.say(state.syncing ? "syncing" : "list_missing");
}

/** @param {number} listedAt */
const isOld = (listedAt) => Date.now() - listedAt > OLD_MS;
