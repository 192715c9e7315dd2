/** The things on the sheet: where each stands, and where the server last knew it. */

/** @typedef {import("./snapping.js").Rect} Rect */
/** @typedef {import("./steps.js").Point} Point */

export class Piece {
  /** @param {SVGAElement} link */
  constructor(link) {
    const { kind = "", x = "0", y = "0" } = link.dataset;
    const drawn = /** @type {SVGRectElement} */ (link.querySelector("rect"));
    this.link = link;
    this.kind = kind;
    this.address = `${link.getAttribute("href")}/place`;
    this.name = link.getAttribute("aria-label") ?? "";
    /** @type {Point} */
    this.at = { x: Number(x), y: Number(y) };
    /** @type {Point} */
    this.drawnAt = { ...this.at };
    /** @type {Point} */
    this.known = { ...this.at };
    // A cabinet is a point in the middle of its square.
    const [left, top] = ["x", "y"].map((side) => Number(drawn.getAttribute(side)));
    this.aside = { x: left - this.at.x, y: top - this.at.y };
    this.width = Number(drawn.getAttribute("width"));
    this.height = Number(drawn.getAttribute("height"));
  }

  /**
   * Its square when it stands there.
   * @param {Point} at
   * @returns {Rect}
   */
  rect(at = this.at) {
    return {
      x: at.x + this.aside.x,
      y: at.y + this.aside.y,
      width: this.width,
      height: this.height,
    };
  }

  /** @param {Point} at */
  place(at) {
    this.at = { ...at };
    const { x, y } = { x: at.x - this.drawnAt.x, y: at.y - this.drawnAt.y };
    this.link.setAttribute("transform", `translate(${x} ${y})`);
  }
}

/**
 * Where the pointer is on the sheet, in centimetres.
 * @param {SVGSVGElement} sheet
 * @param {MouseEvent} event
 */
export function spot(sheet, event) {
  const matrix = sheet.getScreenCTM();
  const point = new DOMPoint(event.clientX, event.clientY);
  return matrix ? point.matrixTransform(matrix.inverse()) : point;
}
