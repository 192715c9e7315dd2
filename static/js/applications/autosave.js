/** Saves each field of a step's form as it is left or after a pause, so that nothing is lost. */

const PAUSE = 800;
const form = document.querySelector("form[data-autosave]");
const savedNote = document.getElementById("saved");
/** @type {HTMLInputElement | null} */
const seen = document.querySelector("form[data-autosave] input[name='_seen']");

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
  const mark = new URLSearchParams(seen?.value).get(name);
  if (mark !== null) sent.set("_seen", new URLSearchParams({ [name]: mark }).toString());
  for (const value of all.getAll(name)) sent.append(name, String(value));
  return sent;
}

/**
 * What stands there now has been seen: it may be written over.
 * @param {string} marks
 */
function see(marks) {
  if (!seen) return;
  const all = new URLSearchParams(seen.value);
  for (const [name, mark] of new URLSearchParams(marks)) all.set(name, mark);
  seen.value = all.toString();
}

/**
 * @param {HTMLFormElement} whole
 * @param {string} name
 */
async function save(whole, name) {
  waiting.delete(name);
  let said = savedNote?.dataset.failed;
  try {
    const answer = await fetch(String(whole.dataset.autosave), {
      method: "POST",
      body: valuesOf(whole, name),
      headers: { Accept: "application/json" },
      keepalive: true,
    });
    if (answer.ok) {
      see((await answer.json()).seen);
      said = savedNote?.dataset.saved;
    } else if (answer.status === 409) {
      said = (await answer.json()).clash ?? said;
    }
  } catch {
    // No connection: the note says so.
  }
  if (savedNote) savedNote.textContent = said ?? "";
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
