/**
 * Whose token delivers what waits here: phones that this one was before have left scans and counts
 * too. A phone's token is kept while anything of it waits.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {{token: string, event: string|null}} Owner  `event`: null where nobody noted it
 * @typedef {Record<string, Owner>} Owners
 */
import { COUNTERS, unsentOf } from "./counters.js";

const KEPT = "owners";

/**
 * All owners by device. An earlier release kept the token alone: the last phone's event is known.
 * @param {Store} store
 * @returns {Promise<Owners>}
 */
export async function ownersOf(store) {
  const [kept, last] = await Promise.all([store.get(KEPT), store.get("phone")]);
  const read = (/** @type {string} */ device, /** @type {Owner|string} */ one) =>
    typeof one === "string"
      ? { token: one, event: last?.device === device ? last.event : null }
      : one;
  const entries = Object.entries(kept ?? {});
  return Object.fromEntries(entries.map(([device, one]) => [device, read(device, one)]));
}

/**
 * Note them all while it is known which phone this was, and who it is now.
 * @param {Store} store @param {import("./engine.js").Setup} [setup]
 */
export async function noteOwners(store, setup) {
  const owners = await ownersOf(store);
  if (setup) owners[setup.device] = { token: setup.token, event: setup.event.id };
  await store.put(KEPT, owners);
}

/**
 * Those who have delivered everything need no token any more.
 * @param {Store} store @param {string} device that is paired now, if any
 */
export async function forgetOwners(store, device) {
  const owners = await ownersOf(store);
  const needed = new Set((await store.waiting()).map((one) => one.owner)).add(device);
  for (const one of unsentOf((await store.get(COUNTERS)) ?? {})) needed.add(one);
  const kept = Object.entries(owners).filter(([owner]) => needed.has(owner));
  if (kept.length < Object.keys(owners).length) await store.put(KEPT, Object.fromEntries(kept));
}
