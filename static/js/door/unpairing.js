/**
 * Unpairing: the list goes at once. Counts are sent before the server hears that the phone was
 * unpaired, for afterwards it takes only scans; without network it hears of it when the page is
 * opened again.
 *
 * @typedef {import("../devices/pairings.js").Setup} Setup
 */
import { Store } from "../checkin/store.js";
import { TallyCounter } from "../crowd/tally.js";
import { Link } from "../devices/link.js";
import { pairingsOf } from "../devices/pairings.js";
import { part, say } from "./parts.js";

/** Set when the server could not be told of an unpairing: of which one. Phones in use hold it. */
const UNTOLD = "door-left";
/** So an earlier release set it. */
const OF_ANY = "yes";
const AGAIN_MS = 10_000;

const form = () => /** @type {HTMLFormElement} */ (part("unpair-form").querySelector("form"));

/** @param {import("./scanner.js").Scanner} scanner @param {import("./words.js").Words} words @param {Setup} setup */
export function letUnpair(scanner, words, setup) {
  let answered = false;
  scanner.watch(({ online }) => {
    answered = online;
  });
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    void unpair(answered);
  });

  /** @param {boolean} online whether the server can be told now */
  async function unpair(online) {
    const counted = await scanner.unpair();
    if (online && counted) {
      form().submit();
      return;
    }
    localStorage.setItem(UNTOLD, setup.device);
    part("unpair-form").hidden = true;
    part("unpair-back").hidden = true;
    say("unpair-warning", words.say("unpaired"));
    part("tabs").hidden = true;
  }
}

/**
 * Whether this phone was unpaired; the server is told now what it could not be told then.
 * @param {Setup} setup
 */
export async function wasUnpaired(setup) {
  const device = localStorage.getItem(UNTOLD);
  if (device === null) return false;
  const store = await Store.open();
  if (await isAnother(store, device, setup)) {
    localStorage.removeItem(UNTOLD);
    return false;
  }
  if (navigator.onLine) void tell(store, setup);
  return true;
}

/**
 * Whether the phone was paired anew since: with another device, or as the same one once more.
 * @param {Store} store @param {string} untold @param {Setup} setup
 */
async function isAnother(store, untold, { device, token }) {
  if (untold === OF_ANY) return false;
  const pairing = (await pairingsOf(store))[untold];
  return untold !== device || (pairing !== undefined && pairing.token !== token);
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
  localStorage.removeItem(UNTOLD);
  form().submit();
}
