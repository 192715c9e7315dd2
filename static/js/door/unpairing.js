/**
 * Leaving: the list goes at once. Counts are sent before the server hears that the phone was left,
 * for afterwards it takes only scans; without network it hears of it when the page is opened again.
 *
 * @typedef {import("../devices/pairings.js").Setup} Setup
 */
import { Store } from "../checkin/store.js";
import { TallyCounter } from "../crowd/tally.js";
import { Link } from "../devices/link.js";
import { ownersOf } from "../devices/pairings.js";
import { part, say } from "./parts.js";

/** Set when somebody left and the server could not be told: by which pairing. */
const LEFT = "door-left";
/** So an earlier release set it. */
const BY_ANY = "yes";
const AGAIN_MS = 10_000;

const form = () => /** @type {HTMLFormElement} */ (part("leave-form").querySelector("form"));

/** @param {import("./engine.js").Door} door @param {import("./words.js").Words} words @param {Setup} setup */
export function letLeave(door, words, setup) {
  let answered = false;
  door.watch(({ online }) => {
    answered = online;
  });
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    void leave(answered);
  });

  /** @param {boolean} online whether the server can be told now */
  async function leave(online) {
    const told = await door.leave();
    if (online && told) {
      form().submit();
      return;
    }
    localStorage.setItem(LEFT, setup.device);
    part("leave-form").hidden = true;
    part("leave-back").hidden = true;
    say("leave-warning", words.say("left"));
    part("tabs").hidden = true;
  }
}

/**
 * Whether this pairing was left; the server is told now what it could not be told then.
 * @param {Setup} setup
 */
export async function leftBefore(setup) {
  const left = localStorage.getItem(LEFT);
  if (left === null) return false;
  const store = await Store.open();
  if (await isAnother(store, left, setup)) {
    localStorage.removeItem(LEFT);
    return false;
  }
  if (navigator.onLine) void tell(store, setup);
  return true;
}

/**
 * Whether the phone was paired anew since: with another device, or as the same one once more.
 * @param {Store} store @param {string} left @param {Setup} setup
 */
async function isAnother(store, left, { device, token }) {
  if (left === BY_ANY) return false;
  const known = (await ownersOf(store))[left];
  return left !== device || (known !== undefined && known.token !== token);
}

/** @param {Store} store @param {Setup} setup */
async function tell(store, setup) {
  const offset = (await store.get("offset")) ?? 0;
  const tally = new TallyCounter(store, new Link(setup.token), setup.device, () => Date.now() + offset);
  await tally.open();
  await tally.send();
  if (tally.unsent) {
    setTimeout(() => void tell(store, setup), AGAIN_MS);
    return;
  }
  localStorage.removeItem(LEFT);
  form().submit();
}
