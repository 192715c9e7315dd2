/**
 * The list lies in this many buckets, each one row of text: a few rows are laid down quickly, and
 * one is read at once. In the stored rows a bucket's number is called its place.
 *
 * @typedef {import("./store.js").Entry} Entry
 * @typedef {{entries: Record<string, Entry>, shorts: Record<string, string>}} Bucket
 */
const BUCKETS = 512;
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * The bucket of a key: nine of its random bits.
 * @param {string} key
 */
export function bucketNumber(key) {
  return (BASE64URL.indexOf(key[0]) * 64 + BASE64URL.indexOf(key[1])) % BUCKETS;
}

/**
 * Buckets with these entries laid into them.
 * @param {Map<number, Bucket>} buckets @param {Entry[]} entries
 */
export function filled(buckets, entries) {
  /** @param {string} key */
  const at = (key) => {
    const number = bucketNumber(key);
    const bucket = buckets.get(number) ?? { entries: {}, shorts: {} };
    buckets.set(number, bucket);
    return bucket;
  };
  for (const entry of entries) {
    at(entry.key).entries[entry.key] = entry;
    if (entry.short) at(entry.short).shorts[entry.short] = entry.key;
  }
  return buckets;
}

/** @param {number} list @param {[number, Bucket]} bucket */
export function rowOf(list, [place, bucket]) {
  return { list, place, text: JSON.stringify(bucket) };
}

/** @param {{text: string}|undefined} row @returns {Bucket} */
export function bucketOf(row) {
  return row ? JSON.parse(row.text) : { entries: {}, shorts: {} };
}
