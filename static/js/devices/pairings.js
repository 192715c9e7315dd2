/**
 * Whose token delivers what waits here: phones that this one was before have left scans and counts
 * too. A phone's token is kept while anything of it waits.
 *
 * @typedef {import("./database.js").Database} Store
 * @typedef {{token: string, gate: string, rights: string[], device: string,
 *            event: {id: string, title: string, ends: number}, public_key?: string,
 *            seal_key?: string}} Setup
 * @typedef {{token: string, event: string|null}} Owner  `event`: null where nobody noted it
 * @typedef {Record<string, Owner>} Owners
 */

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
 * @param {Store} store @param {Setup} [setup]
 */
export async function noteOwners(store, setup) {
  const owners = await ownersOf(store);
  if (setup) owners[setup.device] = { token: setup.token, event: setup.event.id };
  await store.put(KEPT, owners);
}

/**
 * Keep these alone: the others have delivered everything and need no token any more.
 * @param {Store} store @param {Set<string>} needed their devices
 */
export async function keepOwners(store, needed) {
  const owners = await ownersOf(store);
  const kept = Object.entries(owners).filter(([owner]) => needed.has(owner));
  if (kept.length < Object.keys(owners).length) await store.put(KEPT, Object.fromEntries(kept));
}
