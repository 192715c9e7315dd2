/**
 * What the phone keeps between starts, in IndexedDB. Nothing in it can be read as a name or used
 * as a ticket: the list's entries are encrypted under keys of their tickets, scanned codes to
 * the server. What was shown to somebody is on disk before it is shown (strict durability).
 *
 * @typedef {{key: string, state: string, box: string, kind?: string, seats?: number,
 *            short?: string}} Entry
 * @typedef {{id: string, key: string, device: string, gate: string,
 *            kind: "entry"|"exit"|"annul", time: number, green: boolean, annuls: string|null,
 *            session: string, admits?: number, seats?: number}} KeptMove
 * @typedef {{entry: Entry|null, moves: KeptMove[]}} Known
 * @typedef {{id: string, seq: number, owner: string, form: "scan"|"walkin",
 *            item: Record<string, any>, time: number, session: string, shown: "green"|"red",
 *            offset: number, before: string|null, after: string|null}} Waiting  `owner`: the device
 *            of the pairing that it was made under; the name is that of the stored rows
 * @typedef {{number: number, version: number, listedAt: number, tickets: number, event: string,
 *            wipeAt: number|null, publicKey: string, sealKey: string, doors: import("../devices/doors.js").Doors,
 *            revoked: string[], unhashed?: number}} List
 */
import { Database, RELAXED, STRICT } from "../devices/database.js";
import { bucketNumber, bucketOf, filled, rowOf } from "./buckets.js";
import { indexOf, typedIn, typedKey } from "./typed_codes.js";

/** Buckets laid down in one go, so that a scan never waits long for the list. */
const SLICE = 32;
/** What stays when all else is wiped: the pairings that deliver what still waits. */
const STAYS = ["owners", "seq", "stamp", "offset", "tally"];

export class Store extends Database {
  /** What waits, by id: known without asking the disk. @type {Set<string>} */
  waits = new Set();
  /** The highest number a scan here has had. */
  seq = 0;

  static async open() {
    const store = new Store();
    await store.connect();
    const last = (await store.get("seq")) ?? 0;
    store.seq = Math.max(last, ...(await store.waiting()).map(({ seq }) => seq));
    return store;
  }

  /**
   * What is known of a ticket: its entry in the list, and its moves; one way to the disk and back.
   * @param {number} list @param {string} key
   * @returns {Promise<Known>}
   */
  async known(list, key) {
    const reading = this.transaction(["roster", "moves"]);
    const [row, moves] = await Promise.all([
      reading.objectStore("roster").get([list, bucketNumber(key)]),
      reading.objectStore("moves").index("key").getAll(key),
    ]);
    return { entry: bucketOf(row).entries[key] ?? null, moves };
  }

  /**
   * The moves of these tickets.
   * @param {string[]} keys
   * @returns {Promise<KeptMove[]>}
   */
  async movesOf(keys) {
    const rows = keys.map((key) => this.rows("moves", "key", key));
    return (await Promise.all(rows)).flat();
  }

  /**
   * What is known of a typed code: its ticket, by the list or by what the server made of an earlier
   * scan of it, and what was let in with it here while neither had told.
   * @param {number} list @param {string} short
   * @returns {Promise<Known & {key: string}>}
   */
  async knownByShort(list, short) {
    const typed = typedKey(short);
    const reading = this.transaction(["roster", "moves", "meta"]);
    const [row, learned, before] = await Promise.all([
      reading.objectStore("roster").get([list, bucketNumber(short)]),
      reading.objectStore("meta").get(typed),
      reading.objectStore("moves").index("key").getAll(typed),
    ]);
    const key = bucketOf(row).shorts[short] ?? learned;
    if (key === undefined) return { key: typed, entry: null, moves: before };
    const { entry, moves } = await this.known(list, key);
    return { key, entry, moves: [...moves, ...before] };
  }

  /** Whether anybody was let in with a typed code whose ticket is not known here. */
  async anyTyped() {
    return (await typedIn(this.transaction(["moves"]).store)).length > 0;
  }

  /**
   * Lay what was let in with typed codes to its tickets, where the list knows them by now.
   * @param {number} list
   */
  async layTyped(list) {
    const laying = this.transaction(["roster", "moves"], "readwrite", STRICT);
    const moves = laying.objectStore("moves");
    for (const move of await typedIn(moves)) {
      const short = indexOf(move.key);
      const row = await laying.objectStore("roster").get([list, bucketNumber(short)]);
      const key = bucketOf(row).shorts[short];
      if (key !== undefined) moves.put({ ...move, key });
    }
    await laying.done;
  }

  /**
   * Lay down a whole list beside the one in use, then change over.
   * @param {List} list @param {Entry[]} entries
   */
  async changeList(list, entries) {
    await this.#clearOthers(list.number - 1);
    const buckets = [...filled(new Map(), entries)];
    for (let from = 0; from < buckets.length; from += SLICE) {
      const slice = this.transaction(["roster"], "readwrite", RELAXED);
      for (const bucket of buckets.slice(from, from + SLICE)) {
        slice.store.put(rowOf(list.number, bucket));
      }
      await slice.done;
    }
    await this.put("list", list);
    await this.#clearOthers(list.number);
  }

  /**
   * Lay what changed onto the list in use; how many entries came new.
   * @param {List} list @param {Entry[]} entries
   */
  async amendList(list, entries) {
    const writing = this.transaction(["roster", "meta"], "readwrite", STRICT);
    const roster = writing.objectStore("roster");
    const keys = entries.flatMap(({ key, short }) => [key, short ?? key]);
    const numbers = new Set(keys.map(bucketNumber));
    const rows = await Promise.all([...numbers].map((number) => roster.get([list.number, number])));
    const buckets = new Map(rows.filter(Boolean).map((row) => [row.place, bucketOf(row)]));
    const known = entries.filter(({ key }) => buckets.get(bucketNumber(key))?.entries[key]).length;
    for (const bucket of filled(buckets, entries)) roster.put(rowOf(list.number, bucket));
    writing.objectStore("meta").put({ ...list, tickets: list.tickets + entries.length - known }, "list");
    await writing.done;
    return entries.length - known;
  }

  /** Leave no list but this one. @param {number} list */
  async #clearOthers(list) {
    const clearing = this.transaction(["roster"], "readwrite", RELAXED);
    clearing.store.delete(IDBKeyRange.upperBound([list], true));
    clearing.store.delete(IDBKeyRange.lowerBound([list + 1]));
    await clearing.done;
  }

  /**
   * Moves that all doors told of, and how far they have been read. Where one of them was let in
   * here with a typed code, that code's ticket is known from now on.
   * @param {KeptMove[]} moves @param {number} cursor
   */
  async addMoves(moves, cursor) {
    const adding = this.transaction(["moves", "meta"], "readwrite", RELAXED);
    const typed = await typedIn(adding.objectStore("moves"));
    const keys = new Map(typed.map(({ id, key }) => [id, key]));
    for (const move of moves) {
      adding.objectStore("moves").put(move);
      if (keys.has(move.id)) adding.objectStore("meta").put(move.key, keys.get(move.id));
    }
    adding.objectStore("meta").put(cursor, "cursor");
    await adding.done;
  }

  /**
   * Keep a scan before its answer is shown, and the move that follows from it.
   * @param {Waiting} waiting @param {KeptMove|null} move
   */
  async keep(waiting, move) {
    await this.strictly(["waiting", "moves"], (/** @type {any} */ write) => {
      write.waiting.put(waiting);
      if (move) write.moves.put(move);
    });
    this.waits.add(waiting.id);
  }

  /**
   * The server has answered these: they wait no longer. A move that came to nothing goes too.
   * @param {string[]} ids @param {{put: KeptMove[], drop: string[]}} moves
   */
  async settle(ids, moves = { put: [], drop: [] }) {
    await this.strictly(["waiting", "moves", "meta"], (/** @type {any} */ write) => {
      write.meta.put(this.seq, "seq");
      for (const id of ids) write.waiting.delete(id);
      for (const move of moves.put) write.moves.put(move);
      for (const id of moves.drop) write.moves.delete(id);
    });
    for (const id of ids) this.waits.delete(id);
  }

  /**
   * All that waits, oldest first.
   * @returns {Promise<Waiting[]>}
   */
  async waiting() {
    const waiting = await this.rows("waiting", "seq");
    this.waits = new Set(waiting.map((/** @type {Waiting} */ { id }) => id));
    return waiting;
  }

  /**
   * Write the stamp of a contact into all that waited when it was asked for and has none yet:
   * it happened before.
   * @param {string} stamp @param {number} seq of the last scan made before asking
   */
  async stampWaiting(stamp, seq) {
    const writing = this.transaction(["waiting", "meta"], "readwrite", STRICT);
    let cursor = await writing.objectStore("waiting").openCursor();
    while (cursor) {
      const open = cursor.value.after === null && cursor.value.seq <= seq;
      if (open) cursor.update({ ...cursor.value, after: stamp });
      cursor = await cursor.continue();
    }
    writing.objectStore("meta").put(stamp, "stamp");
    await writing.done;
  }

  /** Forget lists, names, moves and who this phone is; what waits stays until delivered. */
  async wipe() {
    const wiping = this.transaction(["meta", "roster", "moves"], "readwrite", STRICT);
    wiping.objectStore("roster").clear();
    wiping.objectStore("moves").clear();
    const names = await wiping.objectStore("meta").getAllKeys();
    for (const name of names) {
      if (!STAYS.includes(name)) wiping.objectStore("meta").delete(name);
    }
    await wiping.done;
  }
}
