/**
 * The pairings of this phone, with the token of each: under earlier ones it has left scans and
 * counts too. A pairing's token is kept while anything of it waits.
 *
 * @typedef {import("./database.js").Database} Database
 * @typedef {{token: string, gate: string, rights: string[], device: string,
 *            event: {id: string, title: string, ends: number}, public_key?: string,
 *            seal_key?: string}} Setup
 * @typedef {{token: string, event: string|null}} Pairing  `event`: null where nobody noted it
 * @typedef {Record<string, Pairing>} Pairings
 */

/** Under what name they lie on phones in use. */
const PAIRINGS = "owners";

/**
 * All pairings by device. An earlier release kept the token alone: the last one's event is known.
 * @param {Database} database
 * @returns {Promise<Pairings>}
 */
export async function pairingsOf(database) {
  const [stored, last] = await Promise.all([database.get(PAIRINGS), database.get("phone")]);
  const read = (/** @type {string} */ device, /** @type {Pairing|string} */ pairing) =>
    typeof pairing === "string"
      ? { token: pairing, event: last?.device === device ? last.event : null }
      : pairing;
  const entries = Object.entries(stored ?? {});
  return Object.fromEntries(entries.map(([device, pairing]) => [device, read(device, pairing)]));
}

/**
 * Note them all while it is known which phone this was, and who it is now.
 * @param {Database} database @param {Setup} [setup]
 */
export async function notePairing(database, setup) {
  const pairings = await pairingsOf(database);
  if (setup) pairings[setup.device] = { token: setup.token, event: setup.event.id };
  await database.put(PAIRINGS, pairings);
}

/**
 * Keep these alone: the others have delivered everything and need no token any more.
 * @param {Database} database @param {Set<string>} needed their devices
 */
export async function keepPairings(database, needed) {
  const pairings = await pairingsOf(database);
  const needful = Object.entries(pairings).filter(([device]) => needed.has(device));
  if (needful.length === Object.keys(pairings).length) return;
  await database.put(PAIRINGS, Object.fromEntries(needful));
}
