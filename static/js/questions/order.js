/** Questions put in another order: dragged by a handle, or moved with the arrow keys. */

const list = document.getElementById("order");
const said = document.getElementById("order-said");

/** @returns {HTMLElement[]} */
function cards() {
  return list ? /** @type {HTMLElement[]} */ ([...list.children]) : [];
}

/** @param {HTMLElement} card */
function tell(card) {
  const all = cards();
  const words = said?.dataset.place ?? "";
  const place = String(all.indexOf(card) + 1);
  if (said) said.textContent = words.replace("{place}", place).replace("{all}", String(all.length));
}

/** One move after another, in the order in which they were made. */
let sending = Promise.resolve();

/** @param {HTMLElement} card */
function keep(card) {
  const sent = new URLSearchParams({
    csrf_token: list?.dataset.token ?? "",
    form_key: `${performance.timeOrigin}-${performance.now()}`,
    place: String(cards().indexOf(card)),
  });
  sending = sending.then(async () => {
    try {
      const answer = await fetch(String(card.dataset.move), { method: "POST", body: sent });
      if (!answer.ok) location.reload();
    } catch {
      if (said) said.textContent = said.dataset.failed ?? "";
    }
  });
}

/**
 * @param {HTMLElement} card
 * @param {number} steps
 */
function step(card, steps) {
  const other = cards()[cards().indexOf(card) + steps];
  if (!other) return tell(card);
  if (steps < 0) other.before(card);
  else other.after(card);
  card.querySelector("button")?.focus();
  tell(card);
  keep(card);
}

/**
 * Where the finger is, the card goes.
 * @param {HTMLElement} card
 * @param {number} y
 */
function follow(card, y) {
  for (const other of cards()) {
    if (other === card) continue;
    const box = other.getBoundingClientRect();
    const middle = box.top + box.height / 2;
    const above = cards().indexOf(other) < cards().indexOf(card);
    if (above && y < middle) return other.before(card);
    if (!above && y > middle && y < box.bottom + box.height) other.after(card);
  }
}

/**
 * @param {HTMLElement} card
 * @param {HTMLElement} handle
 */
function listen(card, handle) {
  let from = -1;
  handle.addEventListener("pointerdown", (event) => {
    from = cards().indexOf(card);
    handle.setPointerCapture(event.pointerId);
    card.classList.add("is-moving");
  });
  handle.addEventListener("pointermove", (event) => {
    if (from >= 0) follow(card, event.clientY);
  });
  const end = () => {
    if (from < 0) return;
    card.classList.remove("is-moving");
    if (cards().indexOf(card) !== from) {
      tell(card);
      keep(card);
    }
    from = -1;
  };
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", end);
  handle.addEventListener("keydown", (event) => {
    const steps = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!steps) return;
    event.preventDefault();
    step(card, steps);
  });
}

for (const card of cards()) {
  const handle = /** @type {HTMLElement | null} */ (card.querySelector(".question-handle"));
  if (!handle) continue;
  handle.hidden = false;
  listen(card, handle);
}
const help = document.getElementById("order-help");
if (help) help.hidden = false;

export {};
