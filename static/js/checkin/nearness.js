/**
 * Whether two names read as one, as app/people/rules.py and app/core/nearness.py read them: both are
 * run over tests/core/spelled_alike.json.
 */
import { typed } from "./name_words.js";

/** One slip in so many letters is a spelling; more of them make another name. */
const LETTERS_A_SLIP = 4;
const DIGIT = /\p{Nd}/u;

/**
 * Some slips, another order, a part more.
 * @param {string} name @param {string} other
 */
export function spelledAlike(name, other) {
  const parts = new Set(typed(name).split(" ").filter(Boolean));
  const others = new Set(typed(other).split(" ").filter(Boolean));
  if (parts.size === 0 || others.size === 0) return false;
  const rest = [...parts].filter((part) => !others.has(part)).sort();
  const beside = [...others].filter((part) => !parts.has(part)).sort();
  if (rest.length === 0 || beside.length === 0) return true;
  if ([...rest, ...beside].some((part) => DIGIT.test(part))) return false;
  const [one, two] = [Array.from(rest.join(" ")), Array.from(beside.join(" "))];
  return distance(one, two) <= Math.floor(Math.min(one.length, two.length) / LETTERS_A_SLIP);
}

/**
 * Letters left out, added, changed, or exchanged with their neighbour.
 * @param {string[]} one @param {string[]} other
 */
function distance(one, other) {
  /** @type {number[]} */
  let beforeLast = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  one.forEach((letter, row) => {
    const current = [row + 1];
    other.forEach((beside, column) => {
      const changed = last[column] + (letter === beside ? 0 : 1);
      let steps = Math.min(last[column + 1] + 1, current[column] + 1, changed);
      if (row > 0 && column > 0 && letter === other[column - 1] && one[row - 1] === beside) {
        steps = Math.min(steps, beforeLast[column - 1] + 1);
      }
      current.push(steps);
    });
    [beforeLast, last] = [last, current];
  });
  return last[other.length];
}
