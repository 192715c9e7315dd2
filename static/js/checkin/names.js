/**
 * Search by name without network, where the lead has unlocked it: a list that stays encrypted on the
 * phone and is opened in memory alone, with the lead's word.
 *
 * @typedef {{name: string, seats: number, notes: string, state: string, code: string,
 *            first?: {at: string, gate: string}}} Holder
 * @typedef {{salt: string, rounds: number, box: string, expires: string}} EncryptedNames  as the server gives it:
 *            `rounds` are the iterations of the key's derivation
 * @typedef {{key: string, name: string, notes: string, seats: number, was: string[]}} Bearer
 * @typedef {EncryptedNames & {until: string|null, version: number, keptAt: number}} StoredNames
 */
import { fromBase64url } from "../devices/bytes.js";
import { decrypted, stretched } from "../devices/crypto.js";
import { western } from "../devices/digits.js";

const NAMES = "names";
const MOST = 20;
/** The server gives it out twenty times an hour. */
const RENEWED_MS = 300_000;
const KEY_BYTES = 32;
/** Danish letters are letters of their own, not accented a and o. */
const LETTERS_KEPT = "æøå";

/** The list of names is not here, or not unlocked. */
export class NamesLocked extends Error {}

/**
 * Folded for search like app/core/folding.py: case and accents do not matter, aa is å.
 * @param {string} text
 */
export function folded(text) {
  const lowered = text.normalize("NFC").toLowerCase().replaceAll("ß", "ss");
  const bare = Array.from(lowered, (letter) =>
    LETTERS_KEPT.includes(letter) ? letter : letter.normalize("NFKD").replace(/\p{M}/gu, ""),
  );
  return bare.join("").toLowerCase().replaceAll("aa", "å").split(/\s+/).filter(Boolean).join(" ");
}

export class Names {
  /** @type {{key: Uint8Array, salt: string}|null} */
  #word = null;
  /** @type {{words: string[], holder: Holder}[]|null} */
  #people = null;
  /** Until when what is open may be read. */
  #expires = 0;
  /** By short code. @type {Map<string, Bearer>} */
  #bearers = new Map();

  /** @param {import("./store.js").Store} store @param {() => number} now the server's time */
  constructor(store, now) {
    this.store = store;
    this.now = now;
  }

  /** @returns {Promise<"none"|"locked"|"open">} */
  async standing() {
    const stored = await this.#stored();
    if (!stored) return "none";
    return this.#people === null ? "locked" : "open";
  }

  /**
   * Whether the server should be asked for it: unlocked anew, or the list has changed since.
   * @param {string|null} until @param {number} version
   */
  async wants(until, version) {
    const stored = await this.#stored();
    if (!stored || stored.until !== until) return true;
    return stored.version !== version && Date.now() - stored.keptAt > RENEWED_MS;
  }

  /**
   * Keep what the server encrypted; opened again at once where the word is known.
   * @param {EncryptedNames} encrypted @param {string|null} until @param {number} version
   */
  async keep(encrypted, until, version) {
    await this.store.put(NAMES, { ...encrypted, until, version, keptAt: Date.now() });
    this.#close();
    if (this.#word?.salt === encrypted.salt) await this.#openWith(this.#word.key, encrypted);
  }

  async forget() {
    this.#word = null;
    this.#close();
    await this.store.forget(NAMES);
  }

  #close() {
    this.#people = null;
    this.#bearers.clear();
  }

  /**
   * Open the list with the lead's word; whether it was the right one.
   * @param {string} word
   */
  async unlock(word) {
    const stored = await this.#stored();
    if (!stored) return false;
    const plain = western(word).toLowerCase().replace(/[\s\-–—]/g, "");
    const key = await stretched(plain, fromBase64url(stored.salt), KEY_BYTES, stored.rounds);
    if (!(await this.#openWith(key, stored))) return false;
    this.#word = { key, salt: stored.salt };
    return true;
  }

  /**
   * Those whose names hold all the words, as beginnings; null where the list is not open.
   * @param {string} text
   * @returns {Holder[]|null}
   */
  search(text) {
    if (this.#people === null || this.#isOver()) return null;
    const beginnings = folded(text).split(" ").filter(Boolean);
    const holders = [];
    for (const { words, holder } of this.#people) {
      const fits = beginnings.every((begun) => words.some((word) => word.startsWith(begun)));
      if (fits && holders.push(holder) === MOST) break;
    }
    return beginnings.length === 0 ? [] : holders;
  }

  /**
   * Whose short code this is, where the list is open: no slow hash is needed then.
   * @param {string} short
   */
  bearer(short) {
    return this.#isOver() ? null : (this.#bearers.get(short) ?? null);
  }

  /** Whether what is open may be read no longer: then it is forgotten. */
  #isOver() {
    if (this.#people === null || this.now() < this.#expires) return false;
    void this.forget();
    return true;
  }

  /** @returns {Promise<StoredNames|null>} */
  async #stored() {
    const stored = await this.store.get(NAMES);
    if (!stored || this.now() < Date.parse(stored.expires)) return stored ?? null;
    await this.forget();
    return null;
  }

  /** @param {Uint8Array} key @param {EncryptedNames} encrypted */
  async #openWith(key, encrypted) {
    const rows = await decrypted(key, encrypted.box);
    if (!rows) return false;
    this.#people = [];
    this.#expires = Date.parse(encrypted.expires);
    for (const [name, short, key, seats, notes, state, was] of rows) {
      const holder = { name, seats, notes: notes ?? "", state, code: short };
      this.#people.push({ words: folded(name).split(" "), holder });
      this.#bearers.set(short, { key, name, seats, notes: holder.notes, was: was ?? [] });
    }
    return true;
  }
}
