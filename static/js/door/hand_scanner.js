/**
 * A hand scanner is a keyboard: it types what it reads in one burst and ends with Enter. That is
 * caught anywhere on the page, so that its Enter presses nothing, whatever has the focus.
 */
import { isScanned } from "../checkin/keyed_codes.js";

/** What comes after such a pause begins anew: no scanner rests so long within a code. */
const PAUSE_MS = 1000;
/** Fewer signs are no code. */
const LEAST = 8;
const FIELDS = "input:not([type=radio], [type=checkbox], [type=button]), textarea, select";
/** These come between the signs of a burst, and say nothing. */
const SILENT = ["Shift", "CapsLock", "NumLock", "AltGraph", "Unidentified"];
/** A key that waits for another one types nothing by itself: the layout is a wrong one. */
const DEAD = "\ufffd";

/** @typedef {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} Field */

/** @param {(text: string) => void} onText each burst that is no staff's typing */
export function catchBursts(onText) {
  let text = "";
  let last = 0;
  /** What stood in the field before. @type {{field: Field, value: string}|null} */
  let before = null;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const { key, timeStamp } = event;
    if (timeStamp - last > PAUSE_MS) text = "";
    const field = fieldOf(event.target);
    if (key === "Enter") {
      const burst = text;
      text = "";
      if (burst.length < LEAST || (field && !isScanned(burst))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (before && before.field === field) putBack(before);
      onText(burst);
    } else if (key.length === 1 || key === "Dead") {
      if (text === "") before = field && { field, value: field.value };
      // A blank by itself presses the button that has the focus.
      if (!field && (text !== "" || key !== " ")) event.preventDefault();
      text += key === "Dead" ? DEAD : key;
      last = timeStamp;
    } else if (!SILENT.includes(key)) text = "";
  }, true);
}

/**
 * @param {EventTarget|null} target
 * @returns {Field|null}
 */
function fieldOf(target) {
  const inField = target instanceof Element && target.matches(FIELDS);
  return inField ? /** @type {Field} */ (target) : null;
}

/** @param {{field: Field, value: string}} before */
function putBack({ field, value }) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
