/**
 * What a hand scanner's keys become under another keyboard layout than its own, and back. Such a
 * scanner is a keyboard with American keys; the phone says what each key means. The same rules as
 * app/tickets/rules/keyboards.py.
 */

/** @param {string} from @param {string} to */
const layout = (from, to) => new Map([...from].map((sign, place) => [sign, to[place]]));
/** German, Swiss, Czech and Hungarian keys. Danish, Norwegian and Swedish ones leave letters alone. */
const QWERTZ = layout("YZyz", "ZYzy");
/** French and Belgian keys, with the digits from the number pad. */
const AZERTY = layout("AQZWaqzw?,", "QAWZqawzMm");
/** What the dash of a short code becomes tells the layout of its letters, for two of them. */
const LAYOUT_BY_DASH = new Map([["ß", QWERTZ], [")", AZERTY]]);
const HALF = 5;
const WHOLE_CODE = 124;
const OF_CODES = /^[A-Za-z2-7]*$/;
const OF_SHORTS = /^[A-Za-z0-9]*$/;
const SIGN = /^[!-/:-@[-`{-~]$/;
const ASCII = /^[\x00-\x7f]*$/;
const BLANK = /[\t-\r ]/;

/** @param {string} text @param {Map<string, string>} keys */
const translated = (text, keys) => Array.from(text, (sign) => keys.get(sign) ?? sign).join("");

/**
 * What the scanner may have read where this was typed: the text itself first, each once.
 * @param {string} text
 */
export function underLayouts(text) {
  return [...new Set([text, translated(text, QWERTZ), translated(text, AZERTY)])];
}

/**
 * A short code without the one sign that stands for its dash, its letters put back.
 * @param {string} text
 */
export function withoutDash(text) {
  const signs = [...text];
  if (signs.length !== 2 * HALF + 1 || OF_SHORTS.test(signs[HALF])) return text;
  const [dash] = signs.splice(HALF, 1);
  return translated(signs.join(""), LAYOUT_BY_DASH.get(dash) ?? new Map());
}

/**
 * Whether three signs are the /T/ before a code: its strokes become any one sign.
 * @param {string} signs
 */
export function isMark(signs) {
  if (signs.length !== 3 || signs[0] !== signs[2] || !"Tt".includes(signs[1])) return false;
  return signs[0] > " " && signs[0] < "\ud800" && !OF_SHORTS.test(signs[0]);
}

/**
 * Whether a ticket's code seems to have been typed under a layout that changes its digits. Where an
 * address came whole, the layout is right and it is no code of ours.
 * @param {string} text
 */
export function isGarbled(text) {
  if (BLANK.test(text) || (text.includes("://") && ASCII.test(text))) return false;
  const signs = [...text];
  if (signs.length >= WHOLE_CODE) return !OF_CODES.test(signs.slice(-WHOLE_CODE).join(""));
  if (signs.length !== 2 * HALF + 1 || !SIGN.test(signs[HALF])) return false;
  signs.splice(HALF, 1);
  return !OF_SHORTS.test(signs.join(""));
}
