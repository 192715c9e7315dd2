/** A row of stalls drawn with the pointer: from the first corner as far as it is pulled. */

import { spot } from "./pieces.js";
import { GRID } from "./snapping.js";

const SPACE = "http://www.w3.org/2000/svg";
// A stall of three metres with one between, as the form of a row begins.
const FRONT = 300;
const STEP = 400;
const MOST = 60;

/** @param {number} value */
const onGrid = (value) => Math.round(value / GRID) * GRID;

/**
 * Let a row be drawn while the button is pressed; it opens the row's form, filled in.
 * @param {SVGSVGElement} sheet
 * @param {HTMLButtonElement} button
 * @param {string} address
 */
export function drawRows(sheet, button, address) {
  const ghost = document.createElementNS(SPACE, "g");
  ghost.setAttribute("class", "row-ghost");
  sheet.append(ghost);
  /** @type {{ x: number, y: number } | null} */
  let from = null;
  let count = 0;

  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    sheet.classList.toggle("drawing-row", on);
  });

  /** @param {PointerEvent} event */
  const begin = (event) => {
    if (button.getAttribute("aria-pressed") !== "true") return;
    event.preventDefault();
    event.stopPropagation();
    sheet.setPointerCapture(event.pointerId);
    const { x, y } = spot(sheet, event);
    from = { x: onGrid(x), y: onGrid(y) };
  };

  /** @param {PointerEvent} event */
  const pull = (event) => {
    if (!from) return;
    const far = spot(sheet, event).x - from.x;
    count = Math.min(MOST, Math.max(1, Math.round(far / STEP)));
    const { x, y } = from;
    ghost.replaceChildren(
      ...Array.from({ length: count }, (_, number) => {
        const stall = document.createElementNS(SPACE, "rect");
        const sides = { x: x + number * STEP, y, width: FRONT, height: FRONT };
        for (const [side, length] of Object.entries(sides)) stall.setAttribute(side, String(length));
        return stall;
      }),
    );
  };

  const end = () => {
    if (from && count) {
      const told = new URLSearchParams({ ...entries(from), count: String(count) });
      window.location.assign(`${address}?${told}`);
    }
    from = null;
  };

  sheet.addEventListener("pointerdown", begin, { capture: true });
  sheet.addEventListener("pointermove", pull);
  sheet.addEventListener("pointerup", end);
  sheet.addEventListener("pointercancel", () => {
    from = null;
    ghost.replaceChildren();
  });
}

/** @param {{ x: number, y: number }} point */
const entries = ({ x, y }) => ({ x: String(x), y: String(y) });
