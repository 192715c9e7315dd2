/** Saves each field of a step's form as it is left or after a pause, so that nothing is lost. */

const PAUSE = 800;
const form = document.querySelector("form[data-autosave]");
const savedNote = document.getElementById("saved");

/** @type {Map<string, number>} */
const waiting = new Map();

/**
 * The values of one field, with what the server needs to take them.
 * @param {HTMLFormElement} whole
 * @param {string} name
 */
function valuesOf(whole, name) {
  const all = new FormData(whole);
  const sent = new URLSearchParams();
  sent.set("csrf_token", String(all.get("csrf_token")));
  sent.set("_field", name);
  for (const value of all.getAll(name)) sent.append(name, String(value));
  return sent;
}

/**
 * @param {HTMLFormElement} whole
 * @param {string} name
 */
async function save(whole, name) {
  waiting.delete(name);
  let saved = false;
  try {
    const answer = await fetch(String(whole.dataset.autosave), {
      method: "POST",
      body: valuesOf(whole, name),
      headers: { Accept: "application/json" },
      keepalive: true,
    });
    saved = answer.ok;
  } catch {
    saved = false;
  }
  if (!savedNote) return;
  savedNote.textContent = (saved ? savedNote.dataset.saved : savedNote.dataset.failed) ?? "";
}

/**
 * @param {Event} event
 * @param {number} pause
 */
function saveSoon(event, pause) {
  const field = event.target;
  if (!(form instanceof HTMLFormElement) || !(field instanceof Element)) return;
  const name = field.getAttribute("name");
  if (!name) return;
  clearTimeout(waiting.get(name));
  waiting.set(name, setTimeout(() => save(form, name), pause));
}

if (form) {
  form.addEventListener("input", (event) => saveSoon(event, PAUSE));
  form.addEventListener("change", (event) => saveSoon(event, 0));
  addEventListener("pagehide", () => {
    for (const name of [...waiting.keys()]) {
      clearTimeout(waiting.get(name));
      if (form instanceof HTMLFormElement) save(form, name);
    }
  });
}

export {};
