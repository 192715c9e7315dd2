// The board of the stages by the hour: acts are dragged to their time, or moved there by keys.
// What is put down is sent as a form; without this script each act has a form of its own.

const PIXELS_A_MINUTE = 2.4;
const STEP = 5;
const FAR = 5;

/**
 * @typedef {object} Lifted
 * @property {HTMLElement} item what is carried
 * @property {HTMLElement} shown what stands on the board meanwhile: itself, or a likeness
 * @property {number} column
 * @property {number} minute
 * @property {number} length
 */

const board = /** @type {HTMLElement} */ (document.getElementById("board"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("place-form"));
const said = /** @type {HTMLElement} */ (document.getElementById("board-said"));
/** @type {HTMLElement[]} */
const columns = board ? [...board.querySelectorAll("section")] : [];

/** @param {HTMLElement} item @param {string} name */
function number(item, name) {
  return Number(item.dataset[name] ?? 0);
}

/** @param {HTMLElement} column */
function listOf(column) {
  return /** @type {HTMLElement} */ (column.querySelector(".board-slots"));
}

/** @param {number} minute */
function clock(minute) {
  const digits = (/** @type {number} */ part) => String(part).padStart(2, "0");
  const between = document.documentElement.lang === "da" ? "." : ":";
  return digits(Math.floor(minute / 60)) + between + digits(minute % 60);
}

/** @param {HTMLElement} item @param {HTMLElement} column @param {number} minute @param {number} length */
function lay(item, column, minute, length) {
  item.style.insetBlockStart = `${(minute - number(column, "opens")) * PIXELS_A_MINUTE}px`;
  item.style.blockSize = `${length * PIXELS_A_MINUTE}px`;
}

/** The whole hours stand at their lines, for the eye alone. @param {HTMLElement} column */
function hours(column) {
  const opens = number(column, "opens");
  for (let hour = Math.ceil(opens / 60); hour * 60 < number(column, "closes"); hour += 1) {
    const mark = document.createElement("li");
    mark.className = "board-hour";
    mark.setAttribute("aria-hidden", "true");
    mark.textContent = clock(hour * 60);
    listOf(column).prepend(mark);
    lay(mark, column, hour * 60, 0);
  }
}

function layOut() {
  board.classList.add("board-by-hour");
  for (const column of columns) {
    const list = listOf(column);
    const open = number(column, "closes") - number(column, "opens");
    list.style.blockSize = `${open * PIXELS_A_MINUTE}px`;
    list.style.setProperty("--hour", `${60 * PIXELS_A_MINUTE}px`);
    list.style.setProperty("--first", `${-(number(column, "opens") % 60) * PIXELS_A_MINUTE}px`);
    hours(column);
    for (const item of list.querySelectorAll("li")) {
      if (item.dataset.slot) {
        lay(item, column, number(item, "starts"), number(item, "length"));
      }
    }
  }
}

/** @param {HTMLElement} item @returns {Lifted} */
function lift(item) {
  const own = item.closest("section");
  const column = Math.max(0, own ? columns.indexOf(own) : 0);
  const length = number(item, "length");
  const shown = own ? item : /** @type {HTMLElement} */ (item.cloneNode(true));
  shown.classList.add("board-slot", "board-lifted");
  const minute = own ? number(item, "starts") : firstFree(columns[column], length);
  return { item, shown, column, minute, length };
}

/** @param {HTMLElement} column @param {number} length */
function firstFree(column, length) {
  let begins = number(column, "opens");
  for (const item of listOf(column).querySelectorAll("li")) {
    if (!item.dataset.slot || item.classList.contains("board-lifted")) continue;
    if (begins + length + number(column, "changeOver") <= number(item, "starts")) break;
    begins = number(item, "starts") + number(item, "length") + number(column, "changeOver");
  }
  return begins;
}

/** @param {Lifted} lifted @param {number} column @param {number} minute */
function carry(lifted, column, minute) {
  const target = columns[Math.min(columns.length - 1, Math.max(0, column))];
  const latest = number(target, "closes") - lifted.length;
  lifted.column = columns.indexOf(target);
  lifted.minute = Math.max(number(target, "opens"), Math.min(latest, minute));
  if (lifted.shown.parentElement !== listOf(target)) listOf(target).append(lifted.shown);
  lay(lifted.shown, target, lifted.minute, lifted.length);
  const time = lifted.shown.querySelector(".board-time, .muted");
  if (time) time.textContent = clock(lifted.minute);
}

/** @param {Lifted} lifted */
function tell(lifted) {
  const name = columns[lifted.column].querySelector("h2")?.textContent?.trim() ?? "";
  const at = (board.dataset.at ?? "").replace("{stage}", name);
  said.textContent = at.replace("{time}", clock(lifted.minute));
}

/** @param {Lifted} lifted */
function putDown(lifted) {
  const same =
    lifted.item.dataset.slot &&
    number(lifted.item, "starts") === lifted.minute &&
    columns[lifted.column].dataset.stage === from.get(lifted.item);
  if (same) return putBack();
  const day = board.dataset.day ?? "";
  const time = clock(lifted.minute).replace(".", ":");
  const values = {
    slot: lifted.item.dataset.slot ?? "",
    act: lifted.item.dataset.act ?? "",
    stage: columns[lifted.column].dataset.stage ?? "",
    starts: `${day}T${time}`,
  };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
  form.requestSubmit();
}

/** What is put back stands where the server said, so the page is read anew. */
function putBack() {
  said.textContent = board.dataset.left ?? "";
  window.location.reload();
}

/** @param {PointerEvent} event @param {HTMLElement} item */
function drag(event, item) {
  if (event.button !== 0 || (event.target instanceof Element && event.target.closest("a"))) return;
  const begun = { x: event.clientX, y: event.clientY };
  const held = item.dataset.slot ? event.clientY - item.getBoundingClientRect().top : 0;
  /** @type {Lifted | null} */
  let lifted = null;
  /** @param {PointerEvent} moved */
  const move = (moved) => {
    if (!lifted) {
      if (Math.hypot(moved.clientX - begun.x, moved.clientY - begun.y) < FAR) return;
      lifted = lift(item);
    }
    moved.preventDefault();
    const under = columns.findIndex((column) => {
      const box = column.getBoundingClientRect();
      return moved.clientX >= box.left && moved.clientX <= box.right;
    });
    const column = under < 0 ? lifted.column : under;
    const top = listOf(columns[column]).getBoundingClientRect().top;
    const minute = (moved.clientY - held - top) / PIXELS_A_MINUTE;
    carry(lifted, column, number(columns[column], "opens") + Math.round(minute / STEP) * STEP);
  };
  /** @param {Event} ended */
  const end = (ended) => {
    document.removeEventListener("pointermove", move);
    for (const kind of ["pointerup", "pointercancel"]) document.removeEventListener(kind, end);
    if (!lifted) return;
    if (ended.type === "pointerup") putDown(lifted);
    else putBack();
  };
  document.addEventListener("pointermove", move);
  for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, end);
}

/** @type {Map<HTMLElement, string>} the stage that each slot stood on */
const from = new Map();
/** @type {Lifted | null} what is carried by keys */
let carried = null;

/** @param {KeyboardEvent} event @param {HTMLElement} item */
function press(event, item) {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const away = { ArrowUp: [0, -STEP], ArrowDown: [0, STEP], [forward]: [1, 0], [back]: [-1, 0] };
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (carried) return putDown(carried);
    carried = lift(item);
    carry(carried, carried.column, carried.minute);
    handleOf(carried.shown)?.focus();
    said.textContent = board.dataset.lifted ?? "";
  } else if (carried && event.key === "Escape") {
    event.preventDefault();
    putBack();
  } else if (carried && event.key in away) {
    event.preventDefault();
    const [columns, minutes] = away[event.key];
    carry(carried, carried.column + columns, carried.minute + minutes);
    handleOf(carried.shown)?.focus();
    tell(carried);
  }
}

/** @param {HTMLElement} item */
function handleOf(item) {
  const handle = item.querySelector(".board-handle");
  return handle instanceof HTMLButtonElement ? handle : null;
}

if (board && columns.length && window.matchMedia("(min-width: 900px)").matches) {
  layOut();
  document.getElementById("board-hint")?.removeAttribute("hidden");
  for (const item of document.querySelectorAll("li[data-slot], li[data-act]")) {
    if (!(item instanceof HTMLElement)) continue;
    from.set(item, item.closest("section")?.dataset.stage ?? "");
    handleOf(item)?.removeAttribute("hidden");
    item.addEventListener("pointerdown", (event) => drag(event, item));
  }
  // What is carried from the list below is a likeness: its keys are heard here too.
  document.addEventListener("keydown", (event) => {
    const at = event.target instanceof Element ? event.target.closest(".board-handle") : null;
    const item = at?.closest("li");
    if (item instanceof HTMLElement) press(event, item);
  });
  const here = window.location.hash && document.querySelector(window.location.hash);
  if (here instanceof HTMLElement) handleOf(here)?.focus();
}

export {};
