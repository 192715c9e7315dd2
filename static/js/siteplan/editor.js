/** The site plan is edited on its drawing: dragged, moved by keys, taken back, saved by itself. */

import { Piece, spot } from "./pieces.js";
import { drawRows } from "./row_drawing.js";
import { Saving } from "./saving.js";
import { GRID, snapped } from "./snapping.js";
import { Steps } from "./steps.js";

/** @typedef {import("./steps.js").Point} Point */

const FINE = 10;
// A finger or hand that shakes less than this many pixels has clicked, not dragged.
const STILL = 4;
const PAUSE = 500;
const ZOOM = 1.25;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {HTMLElement} editor */
function edit(editor) {
  const sheet = /** @type {SVGSVGElement} */ (editor.querySelector("svg.canvas"));
  const note = /** @type {HTMLElement} */ (editor.querySelector("[role=status]"));
  const words = editor.dataset;
  /** @type {NodeListOf<SVGAElement>} */
  const links = sheet.querySelectorAll("a.piece");
  const pieces = new Map([...links].map((link) => [link, new Piece(link)]));
  /** @type {Steps<Piece>} */
  const steps = new Steps();
  const saving = new Saving({ token: words.token ?? "", words, say, refused });

  /**
   * @param {string} text
   * @param {boolean} trouble
   */
  function say(text, trouble) {
    note.textContent = text;
    note.classList.toggle("trouble", trouble);
  }

  /** @param {Piece} piece */
  function refused(piece) {
    steps.forget(piece);
    showSteps();
  }

  /** @param {string} name */
  const button = (name) =>
    /** @type {HTMLButtonElement} */ (editor.querySelector(`[data-do=${name}]`));

  function showSteps() {
    button("undo").disabled = !steps.done.length;
    button("redo").disabled = !steps.undone.length;
  }

  /** @param {Piece} piece */
  function tell(piece) {
    const number = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: "latn" });
    const places = { name: piece.name, x: number.format(piece.at.x / 100), y: number.format(piece.at.y / 100) };
    say((words.moved ?? "").replace(/\{(\w+)\}/g, (_, key) => places[/** @type {"x"} */ (key)]), false);
  }

  /**
   * @param {Piece} piece
   * @param {Point} from
   */
  function moved(piece, from) {
    if (from.x === piece.at.x && from.y === piece.at.y) return;
    steps.add({ piece, from, to: { ...piece.at } });
    showSteps();
    tell(piece);
    saving.note(piece);
  }

  /** @param {"back" | "again"} way */
  function step(way) {
    const taken = steps[way]();
    if (!taken) return;
    taken.piece.place(way === "back" ? taken.from : taken.to);
    taken.piece.link.focus();
    showSteps();
    tell(taken.piece);
    saving.note(taken.piece);
  }

  /** @param {Piece} piece */
  const others = (piece) =>
    [...pieces.values()].filter((one) => one !== piece && one.kind !== "taps").map((one) => one.rect());

  for (const [link, piece] of pieces) {
    dragged(link, piece);
    moveByKeys(link, piece);
  }

  /**
   * @param {SVGAElement} link
   * @param {Piece} piece
   */
  function dragged(link, piece) {
    /** @type {{ grip: Point, from: Point, still: boolean, screen: Point } | null} */
    let drag = null;
    let asked = 0;
    let dropped = false;
    link.addEventListener("dragstart", (event) => event.preventDefault());
    link.addEventListener("pointerdown", (event) => {
      dropped = false;
      if (event.button !== 0) return;
      const { x, y } = spot(sheet, event);
      const grip = { x: x - piece.at.x, y: y - piece.at.y };
      drag = { grip, from: { ...piece.at }, still: true, screen: { x: event.clientX, y: event.clientY } };
      link.setPointerCapture(event.pointerId);
    });
    link.addEventListener("pointermove", (event) => {
      if (!drag) return;
      const far = Math.hypot(event.clientX - drag.screen.x, event.clientY - drag.screen.y);
      if (drag.still && far < STILL) return;
      drag.still = false;
      const { grip } = drag;
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => {
        const { x, y } = spot(sheet, event);
        const rect = piece.rect({ x: x - grip.x, y: y - grip.y });
        const corner = event.altKey ? rect : snapped(rect, others(piece));
        piece.place({
          x: Math.round(corner.x - piece.aside.x),
          y: Math.round(corner.y - piece.aside.y),
        });
      });
    });
    link.addEventListener("pointerup", () => {
      const ended = drag;
      drag = null;
      dropped = Boolean(ended && !ended.still);
      if (ended && dropped) requestAnimationFrame(() => moved(piece, ended.from));
    });
    link.addEventListener("pointercancel", () => {
      if (drag) piece.place(drag.from);
      drag = null;
    });
    link.addEventListener("click", (event) => {
      if (dropped) event.preventDefault();
      dropped = false;
    });
  }

  /**
   * @param {SVGAElement} link
   * @param {Piece} piece
   */
  function moveByKeys(link, piece) {
    /** @type {Point | null} */
    let from = null;
    let pause = 0;
    link.addEventListener("keydown", (event) => {
      const way = ARROWS[event.key];
      if (!way || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const length = event.shiftKey ? FINE : GRID;
      from ??= { ...piece.at };
      piece.place({ x: piece.at.x + way[0] * length, y: piece.at.y + way[1] * length });
      tell(piece);
      window.clearTimeout(pause);
      pause = window.setTimeout(rest, PAUSE);
    });
    link.addEventListener("blur", rest);

    function rest() {
      window.clearTimeout(pause);
      if (from) moved(piece, from);
      from = null;
    }
  }

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    step(key === "y" || event.shiftKey ? "again" : "back");
  });
  button("undo").addEventListener("click", () => step("back"));
  button("redo").addEventListener("click", () => step("again"));
  let size = 1;
  for (const [name, by] of /** @type {[string, number][]} */ ([["larger", ZOOM], ["smaller", 1 / ZOOM]])) {
    button(name).addEventListener("click", () => {
      size *= by;
      sheet.style.inlineSize = `${Math.round(100 * size)}%`;
    });
  }
  drawRows(sheet, button("row"), words.row ?? "");
  /** @type {HTMLElement} */ (editor.querySelector(".canvas-tools")).hidden = false;
  sheet.classList.add("movable");
  showSteps();
}

const editor = document.querySelector("[data-plan-editor]");
if (editor instanceof HTMLElement) edit(editor);
