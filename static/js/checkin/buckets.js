/**
 * The list lies in this many drawers, each one row of text: a few rows are laid down quickly, and
 * one is read at once.
 *
 * @typedef {import("./store.js").Entry} Entry
 * @typedef {{entries: Record<string, Entry>, shorts: Record<string, string>}} Drawer
 */
const DRAWERS = 512;
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * The drawer of a key: nine of its random bits.
 * @param {string} key
 */
export function placeOf(key) {
  return (BASE64URL.indexOf(key[0]) * 64 + BASE64URL.indexOf(key[1])) % DRAWERS;
}

/**
 * Drawers with these entries laid into them.
 * @param {Map<number, Drawer>} drawers @param {Entry[]} entries
 */
export function filled(drawers, entries) {
  /** @param {string} key */
  const at = (key) => {
    const place = placeOf(key);
    const drawer = drawers.get(place) ?? { entries: {}, shorts: {} };
    drawers.set(place, drawer);
    return drawer;
  };
  for (const entry of entries) {
    at(entry.key).entries[entry.key] = entry;
    if (entry.short) at(entry.short).shorts[entry.short] = entry.key;
  }
  return drawers;
}

/** @param {number} list @param {[number, Drawer]} drawer */
export function rowOf(list, [place, drawer]) {
  return { list, place, text: JSON.stringify(drawer) };
}

/** @param {{text: string}|undefined} row @returns {Drawer} */
export function drawn(row) {
  return row ? JSON.parse(row.text) : { entries: {}, shorts: {} };
}
