/** Saves each field of a step's form as it is left or after a pause, so that nothing is lost. */

const PAUSE = 800;
const form = document.querySelector("form[data-autosave]");
const savedNote = document.getElementById("saved");
/** @type {HTMLInputElement | null} */
const seen = document.querySelector("form[data-autosave] input[name='_seen']");

/** @type {Map<string, number>} */
const waiting = new Map();
/** Fields on their way: what is written meanwhile waits, for only the answer says that it is ours. */
/** @type {Map<string, Promise<void>>} */
const sending = new Map();
/** @type {Set<string>} */
const queued = new Set();

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
 * One save of a field after the other.
 * @param {HTMLFormElement} whole
 * @param {string} name
 */
async function save(whole, name) {
  waiting.delete(name);
  if (queued.has(name)) return;
  if (sending.has(name)) {
    queued.add(name);
    await sending.get(name);
    if (!queued.delete(name)) return;
  }
  const now = send(whole, valuesOf(whole, name));
  sending.set(name, now);
  await now;
  sending.delete(name);
}

/**
 * The page goes: what waits is sent at once, over what is still on its way.
 * @param {HTMLFormElement} whole
 */
function saveAll(whole) {
  for (const name of new Set([...waiting.keys(), ...queued])) {
    clearTimeout(waiting.get(name));
    const values = valuesOf(whole, name);
    if (sending.has(name)) values.delete("_seen");
    send(whole, values);
  }
  waiting.clear();
  queued.clear();
}

/**
 * @param {HTMLFormElement} whole
 * @param {URLSearchParams} values
 */
async function send(whole, values) {
  let said = savedNote?.dataset.failed;
  try {
    const answer = await fetch(String(whole.dataset.autosave), {
      method: "POST",
      body: values,
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
    if (form instanceof HTMLFormElement) saveAll(form);
  });
}

export {};
