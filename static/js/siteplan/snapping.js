/** Where a thing that is moved comes to rest: at its neighbours' edges, else on the grid. Centimetres. */

/** @typedef {{ x: number, y: number, width: number, height: number }} Rect */

export const GRID = 50;
const NEAR = 40;

/**
 * The nearest of the lines that one of the edges can be brought to, as the distance to go.
 * @param {number[]} edges
 * @param {number[]} lines
 */
function nearest(edges, lines) {
  let best = NEAR + 1;
  for (const edge of edges) {
    for (const line of lines) {
      if (Math.abs(line - edge) < Math.abs(best)) best = line - edge;
    }
  }
  return best;
}

/** @param {number} value */
const onGrid = (value) => Math.round(value / GRID) * GRID;

/**
 * The corner that the rectangle is brought to.
 * @param {Rect} rect
 * @param {Rect[]} others
 */
export function snapped(rect, others) {
  const across = others.flatMap((one) => [one.x, one.x + one.width]);
  const down = others.flatMap((one) => [one.y, one.y + one.height]);
  const right = nearest([rect.x, rect.x + rect.width], across);
  const below = nearest([rect.y, rect.y + rect.height], down);
  return {
    x: Math.abs(right) <= NEAR ? Math.round(rect.x + right) : onGrid(rect.x),
    y: Math.abs(below) <= NEAR ? Math.round(rect.y + below) : onGrid(rect.y),
  };
}
