/**
 * What waits, as files for the desk: one for each phone that this one has been, for the desk takes
 * a file under its phone and event. The codes are encrypted.
 *
 * @typedef {{gate: string, content: Blob}} UnsentFile
 * @typedef {{device: string, event: string, gate: string}} Here  as this phone is paired now
 */
import { pairingsOf } from "../devices/pairings.js";
import { wired } from "./delivery.js";

/**
 * @param {import("./store.js").Store} store @param {Here|null} here
 * @returns {Promise<UnsentFile[]>}
 */
export async function unsentFiles(store, here) {
  const waiting = await store.waiting();
  const pairings = await pairingsOf(store);
  return [...new Set(waiting.map(({ owner }) => owner))].map((device) => {
    const theirs = waiting.filter(({ owner }) => owner === device);
    const of = (/** @type {string} */ form) =>
      theirs.filter((waiting) => waiting.form === form).map(wired);
    const event = pairings[device]?.event ?? here?.event ?? "";
    const gate = device === here?.device ? here.gate : theirs[theirs.length - 1].item.gate;
    const file = {
      torvet: "unsent scans", event, device, gate,
      made: new Date().toISOString(), scans: of("scan"), walkins: of("walkin"),
    };
    const content = new Blob([JSON.stringify(file, null, 1)], { type: "application/json" });
    return { gate, content };
  });
}
