/**
 * What was scanned or typed, read as app/tickets/rules/codes.py reads it;
 * tests/checkin/test_twin.py holds both to the same answers.
 *
 * @typedef {{text: string, event: number, ticket: string, payload: Uint8Array,
 *            signature: Uint8Array}} TicketCode
 */
import { fromBase32 } from "../devices/bytes.js";
import { western } from "../devices/digits.js";
import { isMark, underLayouts, withoutDash } from "./keyboards.js";

const VERSION = 1;
const PAYLOAD_BYTES = 13;
const CHARACTERS = 124;
const CODE = /^[A-Z2-7]{124}$/;
/** Ticket ids are 63-bit numbers. */
const HIGHEST_FIRST_BYTE = 0x7f;
const SHORT = /^[23456789abcdefghjkmnpqrstuvwxyz]{10}$/;
const IGNORED_WHEN_TYPED = /[ \t\r\n\u00a0\-–—._]/g;
const MARK = "/T/";
const FOREIGN = /[^\x00-\x7f]/;
/** What Python's strip takes off, which is not quite what trim does. */
const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const ENDS = new RegExp(`^${BLANK}+|${BLANK}+$`, "g");

/**
 * The code behind /T/ where an address was scanned, else the text without blanks around it. A hand
 * scanner on Danish keys types -T- instead, and others other strokes.
 * @param {string} scanned
 */
export function plainCode(scanned) {
  const text = scanned.replace(ENDS, "");
  const foreign = text.slice(-CHARACTERS - MARK.length, -CHARACTERS);
  let mark = Math.max(text.lastIndexOf(MARK), text.lastIndexOf(MARK.toLowerCase()));
  if (mark < 0 && isMark(foreign)) mark = text.length - CHARACTERS - MARK.length;
  if (mark < 0) return text;
  const code = text.slice(mark + MARK.length);
  // Capitals of foreign letters may be letters of ours: a long s is no S.
  return FOREIGN.test(code) ? code : code.toUpperCase();
}

/**
 * Reads exactly 124 characters in either case; anything else is no code.
 * @param {string} scanned
 * @returns {TicketCode|null}
 */
export function readCode(scanned) {
  const plain = plainCode(scanned);
  const text = plain.toUpperCase();
  if (!/^[!-~]*$/.test(plain) || !CODE.test(text)) return null;
  const raw = fromBase32(text);
  if (raw === null || raw[0] !== VERSION || raw[5] > HIGHEST_FIRST_BYTE) return null;
  const view = new DataView(raw.buffer);
  return {
    text,
    event: view.getUint32(1),
    ticket: view.getBigUint64(5).toString(),
    payload: raw.slice(0, PAYLOAD_BYTES),
    signature: raw.slice(PAYLOAD_BYTES),
  };
}

/**
 * The codes in what a hand scanner typed into a field, the likeliest first. A code at the end
 * counts, whatever stands before it: a scanner may be set to add its own marks.
 * @param {string} typed
 * @returns {TicketCode[]}
 */
export function typedCodes(typed) {
  const tail = typed.replace(ENDS, "").slice(-CHARACTERS);
  const own = readCode(typed) ?? readCode(tail);
  const read = [own, ...underLayouts(tail).slice(1).map(readCode)];
  return /** @type {TicketCode[]} */ (read.filter((code) => code !== null));
}

/**
 * The short code behind what somebody typed: any case, with blanks, dots and dashes, or with what
 * a hand scanner's dash becomes under other keys.
 * @param {string} typed
 */
export function readShort(typed) {
  const text = withoutDash(western(typed).replace(IGNORED_WHEN_TYPED, "")).toLowerCase();
  return SHORT.test(text) ? text : null;
}
