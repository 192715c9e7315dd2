/**
 * Search by name without network, where the lead has unlocked it: a list that stays sealed on the
 * phone and is opened in memory alone, with the lead's word.
 *
 * @typedef {{name: string, seats: number, notes: string, state: string, code: string,
 *            first?: {at: string, gate: string}}} Found
 * @typedef {{salt: string, rounds: number, box: string, expires: string}} Sealed
 * @typedef {{key: string, name: string, notes: string, seats: number, was: string[]}} Bearer
 * @typedef {Sealed & {until: string|null, version: number, keptAt: number}} Kept
 */
import { fromBase64url } from "../devices/bytes.js";
import { opened, stretched } from "../devices/crypto.js";

const KEPT = "names";
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
  /** @type {{words: string[], found: Found}[]|null} */
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
    const kept = await this.#kept();
    if (!kept) return "none";
    return this.#people === null ? "locked" : "open";
  }

  /**
   * Whether the server should be asked for it: unlocked anew, or the list has changed since.
   * @param {string|null} until @param {number} version
   */
  async wants(until, version) {
    const kept = await this.#kept();
    if (!kept || kept.until !== until) return true;
    return kept.version !== version && Date.now() - kept.keptAt > RENEWED_MS;
  }

  /**
   * Keep what the server sealed; opened again at once where the word is known.
   * @param {Sealed} sealed @param {string|null} until @param {number} version
   */
  async keep(sealed, until, version) {
    await this.store.put(KEPT, { ...sealed, until, version, keptAt: Date.now() });
    this.#close();
    if (this.#word?.salt === sealed.salt) await this.#openWith(this.#word.key, sealed);
  }

  async forget() {
    this.#word = null;
    this.#close();
    await this.store.forget(KEPT);
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
    const kept = await this.#kept();
    if (!kept) return false;
    const plain = word.toLowerCase().replace(/[\s\-–—]/g, "");
    const key = await stretched(plain, fromBase64url(kept.salt), KEY_BYTES, kept.rounds);
    if (!(await this.#openWith(key, kept))) return false;
    this.#word = { key, salt: kept.salt };
    return true;
  }

  /**
   * Those whose names hold all the words, as beginnings; null where the list is not open.
   * @param {string} text
   * @returns {Found[]|null}
   */
  search(text) {
    if (this.#people === null || this.#isOver()) return null;
    const wanted = folded(text).split(" ").filter(Boolean);
    const found = [];
    for (const { words, found: person } of this.#people) {
      const fits = wanted.every((one) => words.some((word) => word.startsWith(one)));
      if (fits && found.push(person) === MOST) break;
    }
    return wanted.length === 0 ? [] : found;
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

  /** @returns {Promise<Kept|null>} */
  async #kept() {
    const kept = await this.store.get(KEPT);
    if (!kept || this.now() < Date.parse(kept.expires)) return kept ?? null;
    await this.forget();
    return null;
  }

  /** @param {Uint8Array} key @param {Sealed} sealed */
  async #openWith(key, sealed) {
    const rows = await opened(key, sealed.box);
    if (!rows) return false;
    this.#people = [];
    this.#expires = Date.parse(sealed.expires);
    for (const [name, short, key, seats, notes, state, was] of rows) {
      const found = { name, seats, notes: notes ?? "", state, code: short };
      this.#people.push({ words: folded(name).split(" "), found });
      this.#bearers.set(short, { key, name, seats, notes: found.notes, was: was ?? [] });
    }
    return true;
  }
}
