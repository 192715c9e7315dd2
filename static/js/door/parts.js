/** The page's parts by their ids; a missing one is a fault of the page. */

/** @param {string} id */
export function part(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no part #${id}`);
  return element;
}

/** @param {string} id */
export const button = (id) => /** @type {HTMLButtonElement} */ (part(id));
/** @param {string} id */
export const input = (id) => /** @type {HTMLInputElement} */ (part(id));
/** @param {string} id */
export const has = (id) => document.getElementById(id) !== null;

/** @param {string} id @param {string} text */
export function say(id, text) {
  const place = part(id);
  if (place.textContent !== text) place.textContent = text;
}

/**
 * A fresh copy of a template's one element.
 * @param {string} id
 */
export function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (part(id));
  const fragment = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  return /** @type {HTMLElement} */ (fragment.firstElementChild);
}

/**
 * A part within a copy.
 * @param {HTMLElement} whole @param {string} selector
 */
export function inner(whole, selector) {
  return /** @type {HTMLElement} */ (whole.querySelector(selector));
}

/**
 * A button that is on or off; the choice is kept on the phone where a key is given.
 * @param {string[]} ids buttons that mean the same @param {(on: boolean) => void} changed
 * @param {string} [key]
 */
export function toggle(ids, changed, key) {
  /** @param {boolean} on */
  const show = (on) => {
    for (const id of ids.filter(has)) button(id).setAttribute("aria-pressed", String(on));
    changed(on);
  };
  for (const id of ids.filter(has)) {
    button(id).addEventListener("click", () => {
      const on = button(id).getAttribute("aria-pressed") !== "true";
      if (key) localStorage.setItem(key, on ? "on" : "off");
      show(on);
    });
  }
  const last = key ? localStorage.getItem(key) : null;
  if (last !== null) show(last === "on");
}
