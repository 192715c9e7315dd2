/**
 * Codes typed by hand that somebody was let in with while neither list nor server had told their
 * ticket. Such moves lie under the slow hash that the list itself will have for the code.
 *
 * @typedef {import("./store.js").KeptMove} KeptMove
 */

/** No key of a ticket begins so. */
const MARK = "typed:";
const LAST = "\uffff";

/**
 * The key of moves with a typed code.
 * @param {string} index the code's slow hash
 */
export function typedKey(index) {
  return MARK + index;
}

/**
 * The slow hash behind such a key.
 * @param {string} key
 */
export function indexOf(key) {
  return key.slice(MARK.length);
}

/**
 * All moves whose ticket is not known yet: a handful at most.
 * @param {any} moves the store of moves, in a transaction
 * @returns {Promise<KeptMove[]>}
 */
export function typedIn(moves) {
  return moves.index("key").getAll(IDBKeyRange.bound(MARK, MARK + LAST));
}
