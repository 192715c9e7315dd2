/**
 * The phone's cryptography, all of it the browser's own. What can be found and read here follows
 * from a ticket's signature: without the code in hand an entry of the list is neither.
 *
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 */
import { fromBase64url, fromHex, joined, toBase64url } from "./bytes.js";

const NONCE_BYTES = 12;
const INDEX_BYTES = 16;
const ENTRY_BYTES = 32;
const ITERATIONS = 200_000;
const SEAL_PURPOSE = "torvet seal";
const CURVE = { name: "ECDH", namedCurve: "P-256" };

const bytesOf = (/** @type {string} */ text) => /** @type {Bytes} */ (new TextEncoder().encode(text));
const textOf = (/** @type {ArrayBuffer} */ bytes) => new TextDecoder().decode(bytes);
const asBytes = (/** @type {Uint8Array} */ bytes) => /** @type {Bytes} */ (bytes);

/**
 * The event as the salt of all that is derived for it.
 * @param {number} event
 */
export function saltOf(event) {
  const salt = new Uint8Array(4);
  new DataView(salt.buffer).setUint32(0, event);
  return salt;
}

/**
 * Where a ticket stands in the list, and what opens its entry.
 * @param {Uint8Array} signature @param {number} event
 */
export async function keysOf(signature, event) {
  const secret = await crypto.subtle.importKey("raw", asBytes(signature), "HKDF", false, [
    "deriveBits",
  ]);
  const [index, entry] = await Promise.all([
    derived(secret, saltOf(event), "index", INDEX_BYTES),
    derived(secret, saltOf(event), "entry", ENTRY_BYTES),
  ]);
  return { index: toBase64url(index), entry };
}

/**
 * Whether a ticket was signed with the event's key; null where this browser cannot tell.
 * @param {string} publicKey @param {Uint8Array} signature @param {Uint8Array} payload
 * @returns {Promise<boolean|null>}
 */
export async function isSigned(publicKey, signature, payload) {
  try {
    const raw = asBytes(fromHex(publicKey));
    const key = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, asBytes(signature), asBytes(payload));
  } catch {
    return null;
  }
}

/** Whether this browser can verify signatures. */
export async function canVerify() {
  try {
    const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    return "publicKey" in pair;
  } catch {
    return false;
  }
}

/**
 * What the server encrypted: base64url(nonce | ciphertext); null under another key.
 * @param {Uint8Array} key @param {string} encrypted
 * @returns {Promise<any>}
 */
export async function decrypted(key, encrypted) {
  const raw = asBytes(fromBase64url(encrypted));
  try {
    const secret = await crypto.subtle.importKey("raw", asBytes(key), "AES-GCM", false, ["decrypt"]);
    const iv = raw.slice(0, NONCE_BYTES);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, secret, raw.slice(NONCE_BYTES));
    return JSON.parse(textOf(plain));
  } catch {
    return null;
  }
}

/**
 * A word or short code made slow to guess.
 * @param {string} text @param {Uint8Array} salt @param {number} length @param {number} iterations
 */
export async function stretched(text, salt, length, iterations = ITERATIONS) {
  const secret = await crypto.subtle.importKey("raw", bytesOf(text), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: asBytes(salt), iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(how, secret, length * 8));
}

/**
 * Where a typed code stands in the list.
 * @param {string} short @param {number} event
 */
export async function shortIndex(short, event) {
  return toBase64url(await stretched(short, saltOf(event), INDEX_BYTES));
}

/**
 * Encrypted so that only the server can read it, not even this phone:
 * base64url(ephemeral public key | nonce | ciphertext).
 * @param {string} sealKey @param {string} text
 */
export async function encryptedTo(sealKey, text) {
  const server = await crypto.subtle.importKey("raw", asBytes(fromBase64url(sealKey)), CURVE, false, []);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, own.privateKey, 256);
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const raw = await derived(secret, ephemeral, SEAL_PURPOSE, ENTRY_BYTES);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const cipher = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytesOf(text));
  return toBase64url(joined(ephemeral, iv, new Uint8Array(cipher)));
}

/** @param {CryptoKey} secret @param {Bytes} salt @param {string} purpose @param {number} length */
async function derived(secret, salt, purpose, length) {
  const how = { name: "HKDF", hash: "SHA-256", salt, info: bytesOf(purpose) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, secret, length * 8));
}
