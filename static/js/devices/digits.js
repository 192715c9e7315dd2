/** Digits of any script read as 0–9, as app/core/digits.py reads them; a test holds both alike. */

const DIGIT = /\p{Nd}/u;
const DIGITS = /\p{Nd}/gu;
/** Marks of direction come along unseen when a number is copied. */
const UNSEEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u066c]/g;

/**
 * The text with 0–9, as one would have typed it here.
 * @param {string} text
 */
export function western(text) {
  return text.replace(UNSEEN, "").replaceAll("\u066b", ",").replace(DIGITS, valueOf);
}

/**
 * Every script's digits stand in rows of ten, which begin with its nought.
 * @param {string} sign
 */
function valueOf(sign) {
  const point = sign.codePointAt(0) ?? 0;
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(point - before - 1))) before += 1;
  return String(before % 10);
}
