/** What a hand scanner typed: the code in it, whatever the layout of its keys made of it. */
import { isSigned, keysOf } from "../devices/crypto.js";
import { plainCode, readShort, typedCodes } from "./codes.js";
import { isGarbled } from "./keyboards.js";

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./store.js").List} List
 */

/** A text of no ticket is kept no longer than a scan may be. */
const LONGEST = 400;
/** So many signs in one go nobody types. */
const OF_SCANNERS = 100;

/**
 * Whether only a hand scanner can have typed this, also into a field for something else.
 * @param {string} text
 */
export function isScanned(text) {
  return text.length > OF_SCANNERS && (typedCodes(text).length > 0 || isGarbled(text));
}

/**
 * The code that was read: of several readings the one that the list or the event's key knows. Null
 * where the layout of the keys has spoilt it.
 * @param {Store} store @param {List|null} list @param {string} text
 * @returns {Promise<string|null>}
 */
export async function keyedCode(store, list, text) {
  const readings = typedCodes(text);
  if (list && readings.length > 1) {
    for (const code of readings) if (await isGenuine(store, list, code)) return code.text;
  }
  if (readings.length > 0) return readings[0].text;
  const short = readShort(text);
  if (short === null && isGarbled(text)) return null;
  return short ?? plainCode(text).slice(0, LONGEST);
}

/** @param {Store} store @param {List} list @param {import("./codes.js").TicketCode} code */
async function isGenuine(store, list, { event, signature, payload }) {
  if (String(event) !== list.event) return false;
  const { index } = await keysOf(signature, event);
  if ((await store.known(list.number, index)).entry) return true;
  return (await isSigned(list.publicKey, signature, payload)) === true;
}
