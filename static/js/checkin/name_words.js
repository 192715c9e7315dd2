/**
 * What a name is found by, read as app/core/folding.py reads it: both are run over
 * tests/core/names.json.
 */

/** Signs that bind two parts of a name: hyphens, apostrophes, the joiners of Persian names. */
const BINDINGS =
  /[\-\u2010-\u2015\u2043\u2212\u05be\ufe58\ufe63\uff0d'`\u00b4\u02b9-\u02bf\u02c8\u2018-\u201b\u2032\u2035\u055a\u05f3\uff07\u200c\u200d]+/g;
/** Brackets, quotation marks and the like. */
const APART = /[\s"(),/;<>[\]{|}\u00ab\u00bb\u00b7\u060c\u061b\u201c-\u201f\u2039\u203a]+/g;
/** Accents and vowel signs that may be left out, by script, and what is not seen at all. */
const MARKS = new RegExp(
  "[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f" +
    "\u0670\u06d6-\u06ed\u061c\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u200b\u200e\u200f\u202a-\u202e" +
    "\u2060-\u2064\u2066-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]+",
  "g",
);
/** Letters that no decomposition takes apart. @type {Map<string, string>} */
const TYPED = new Map([
  ["æ", "ae"], ["ø", "o"], ["œ", "oe"], ["ß", "ss"], ["þ", "th"], ["ð", "d"], ["đ", "d"],
  ["ł", "l"], ["\u0131", "i"], ["ħ", "h"], ["ŧ", "t"], ["ŋ", "n"], ["ĸ", "k"], ["ə", "a"],
  ["ɓ", "b"], ["ɗ", "d"], ["ƙ", "k"], ["ƴ", "y"], ["ɖ", "d"], ["ɛ", "e"], ["ɔ", "o"], ["ɨ", "i"],
  ["ʉ", "u"], ["ς", "\u03c3"], ["\u0629", "\u0647"], ["\u06c1", "\u0647"], ["\u06be", "\u0647"],
  ["\u06d5", "\u0647"], ["\u0649", "\u064a"], ["\u06cc", "\u064a"], ["\u06d2", "\u064a"],
  ["\u06a9", "\u0643"], ["\u0671", "\u0627"], ["\u0621", ""],
]);
/** å is written aa, ø oe, ü ue, đ dj: two letters are read as the first of them. */
const PAIRS = /a[ae]+|oe+|ue+|dj+/g;
const ARABIC_ARTICLE = "\u0627\u0644";
const ARTICLES = new Set(["al", "el", ARABIC_ARTICLE]);
/** An article in what is asked for counts for nothing beside so many letters of the name. */
const TELLING = 2;

/**
 * As one types it who has plain letters alone: no accent, one hyphen for all that binds.
 * @param {string} text
 */
export function typed(text) {
  const parts = divided(text.toLowerCase()).normalize("NFKD").toLowerCase().replace(MARKS, "");
  const bare = Array.from(parts, (letter) => TYPED.get(letter) ?? letter).join("");
  // What was taken apart may hold a blank or a bracket of its own.
  return divided(bare).trim();
}

/**
 * What a name is found by: each part of it, together with what is bound to its end.
 * @param {string} name
 * @returns {string[]}
 */
export function nameWords(name) {
  const words = groups(name).flatMap((parts) =>
    parts.map((_, place) => root(parts.slice(place).join(""))),
  );
  return [...new Set(words)];
}

/**
 * What each word of a name must begin with, of what somebody typed to find it.
 * @param {string} text
 * @returns {string[]}
 */
export function askedWords(text) {
  const words = groups(text).flatMap((parts) => {
    const last = parts[parts.length - 1];
    if (Array.from(last).length < TELLING) return parts;
    return [...parts.slice(0, -1).filter((part) => !ARTICLES.has(part)), last];
  });
  return [...new Set(words.map(root))];
}

/**
 * Whether each word asked for begins one of these.
 * @param {string[]} words @param {string[]} asked
 */
export function begins(words, asked) {
  return asked.every((begun) => words.some((word) => word.startsWith(begun)));
}

/**
 * The parts of a name to the letter: whoever is called Joe stands before all Johns.
 * @param {string} name
 */
export function spelledParts(name) {
  return groups(name).flat();
}

/** @param {string} text */
function divided(text) {
  return text.replace(APART, " ").replace(BINDINGS, "-");
}

/**
 * Each word of a text in the parts that a hyphen, an apostrophe or the Arabic article makes of it.
 * @param {string} text
 */
function groups(text) {
  return typed(text).split(" ").filter(Boolean).map((group) => {
    const parts = group.split("-").flatMap((part) => {
      const hasArticle = part.startsWith(ARABIC_ARTICLE) && part !== ARABIC_ARTICLE;
      return hasArticle ? [ARABIC_ARTICLE, part.slice(ARABIC_ARTICLE.length)] : [part];
    });
    const told = parts.filter(Boolean);
    return told.length > 0 ? told : [group];
  });
}

/** @param {string} word */
function root(word) {
  return word.replace(PAIRS, (pair) => pair[0]);
}
