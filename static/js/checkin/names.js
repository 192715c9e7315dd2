/**
 * Search by name without network, where the lead has unlocked it: a list that stays encrypted on the
 * phone and is opened in memory alone, with the lead's word.
 *
 * @typedef {{name: string, seats: number, notes: string, state: string, code: string,
 *            first?: {at: string, gate: string}, came?: number}} Holder `came`: how many of a group
 * @typedef {{salt: string, rounds: number, box: string, expires: string}} EncryptedNames  as the server gives it:
 *            `rounds` are the iterations of the key's derivation
 * @typedef {{key: string, name: string, notes: string, seats: number, was: string[]}} Bearer
 * @typedef {EncryptedNames & {until: string|null, version: number, keptAt: number}} StoredNames
 */
import { fromBase64url } from "../devices/bytes.js";
import { decrypted, stretched } from "../devices/crypto.js";
import { western } from "../devices/digits.js";
import { askedWords, begins, nameWords, spelledParts } from "./name_words.js";
import { spelledAlike } from "./nearness.js";

const NAMES = "names";
const MOST = 20;
const MOST_ALIKE = 5;
/** The server gives it out twenty times an hour. */
const RENEWED_MS = 300_000;
const KEY_BYTES = 32;

/** The list of names is not here, or not unlocked. */
export class NamesLocked extends Error {}

/** The server takes no more searches of this phone for a while. */
export class SearchesSpent extends Error {}

export class Names {
  /** @type {{key: Uint8Array, salt: string}|null} */
  #word = null;
  /** @type {{words: string[], parts: string[], holder: Holder}[]|null} */
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
   * Those whose names hold all the words, as beginnings; null where the list is not open. Whoever is
   * called as was typed comes first.
   * @param {string} text
   * @returns {Holder[]|null}
   */
  search(text) {
    if (this.#people === null || this.#isOver()) return null;
    const asked = askedWords(text);
    const spelled = spelledParts(text);
    if (asked.length === 0) return [];
    const found = this.#people.filter(({ words }) => begins(words, asked));
    const so = found.filter(({ parts }) => begins(parts, spelled));
    const others = found.filter((person) => !so.includes(person));
    return [...so, ...others].slice(0, MOST).map(({ holder }) => holder);
  }

  /**
   * Those with a place or in the line who are called nearly so; nobody where the list is not open.
   * @param {string} name
   * @returns {Holder[]}
   */
  alike(name) {
    if (this.#people === null || this.#isOver()) return [];
    return this.#people
      .map(({ holder }) => holder)
      .filter(({ state }) => state === "valid" || state === "waitlisted")
      .filter((holder) => spelledAlike(holder.name, name))
      .slice(0, MOST_ALIKE);
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
      this.#people.push({ words: nameWords(name), parts: spelledParts(name), holder });
      this.#bearers.set(short, { key, name, seats, notes: holder.notes, was: was ?? [] });
    }
    return true;
  }
}
