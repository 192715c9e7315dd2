/**
 * The phone's database in IndexedDB: its tables, and the single things kept under a name. Phones in
 * use hold what earlier releases wrote: names of tables, keys and fields are never changed.
 */
import { openDB } from "../../vendor/idb/index.js";

const NAME = "torvet-door";
/** On disk when it resolves. */
export const STRICT = { durability: "strict" };
export const RELAXED = { durability: "relaxed" };

export class Database {
  /** @type {any} */
  #db;

  /** Open it, made anew on a phone that has none. */
  async connect() {
    this.#db = await openDB(NAME, 1, {
      /** @param {any} db */
      upgrade(db) {
        db.createObjectStore("meta");
        db.createObjectStore("roster", { keyPath: ["list", "place"] });
        db.createObjectStore("moves", { keyPath: "id" }).createIndex("key", "key");
        db.createObjectStore("waiting", { keyPath: "id" }).createIndex("seq", "seq");
      },
    });
  }

  /**
   * A single thing kept under a name.
   * @param {string} name
   * @returns {Promise<any>}
   */
  get(name) {
    return this.#db.get("meta", name);
  }

  /** @param {string} name @param {any} value */
  async put(name, value) {
    await this.strictly(["meta"], (/** @type {any} */ write) => write.meta.put(value, name));
  }

  /** @param {string} name */
  async forget(name) {
    await this.#db.delete("meta", name);
  }

  /**
   * All rows of a table by an index.
   * @param {string} table @param {string} index @param {string} [key] of these rows alone
   * @returns {Promise<any[]>}
   */
  rows(table, index, key) {
    return this.#db.getAllFromIndex(table, index, key);
  }

  /** @param {string[]} tables @param {"readonly"|"readwrite"} [mode] @param {object} [how] */
  transaction(tables, mode, how) {
    return this.#db.transaction(tables, mode, how);
  }

  /**
   * Write, and be sure that it is on disk.
   * @param {string[]} tables
   * @param {(write: Record<string, any>) => void} write
   */
  async strictly(tables, write) {
    const writing = this.transaction(tables, "readwrite", STRICT);
    write(Object.fromEntries(tables.map((name) => [name, writing.objectStore(name)])));
    await writing.done;
  }
}
