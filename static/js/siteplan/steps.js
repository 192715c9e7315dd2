/** What was moved, so that it can be taken back and done again. */

/** @typedef {{ x: number, y: number }} Point */

/**
 * @template Piece
 * @typedef {{ piece: Piece, from: Point, to: Point }} Step
 */

/** @template Piece */
export class Steps {
  constructor() {
    /** @type {Step<Piece>[]} */
    this.done = [];
    /** @type {Step<Piece>[]} */
    this.undone = [];
  }

  /** @param {Step<Piece>} step */
  add(step) {
    this.done.push(step);
    this.undone = [];
  }

  /** The last step, to be taken back. */
  back() {
    const step = this.done.pop();
    if (step) this.undone.push(step);
    return step;
  }

  /** The last step that was taken back, to be done again. */
  again() {
    const step = this.undone.pop();
    if (step) this.done.push(step);
    return step;
  }

  /**
   * Nothing leads back to where a piece is no longer known to have stood.
   * @param {Piece} piece
   */
  forget(piece) {
    this.done = this.done.filter((step) => step.piece !== piece);
    this.undone = this.undone.filter((step) => step.piece !== piece);
  }
}
