/**
 * Reads codes in pictures. Where none is found the glass before the camera, or over the ticket, may
 * be cracked: one dark line of a single pixel through two corners hides a code without an error.
 */
import { prepareZXingModule, readBarcodes } from "../../vendor/zxing/reader/index.js";

/** @typedef {Parameters<typeof readBarcodes>[1]} How */

/** @type {How} */
const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true };
/** Light codes on dark ground are looked for in every second picture: looking for both is slow. */
const INVERTED = [false, true];
/** What is tried with an empty picture, in turn: a second look at each would be slow too. */
const REMEDIES = [lightened, denoised, none];

/** @param {string} address of the reader's WebAssembly */
export function prepareReader(address) {
  prepareZXingModule({ overrides: { locateFile: () => address }, fireImmediately: true });
}

export class PictureReader {
  #turn = 0;
  #empty = 0;

  /**
   * The texts of the codes in what is drawn.
   * @param {CanvasRenderingContext2D} context
   */
  async read(context) {
    const texts = await textsIn(context, { tryInvert: INVERTED[this.#turn % INVERTED.length] });
    this.#turn += 1;
    if (texts.length > 0) return texts;
    const remedy = REMEDIES[this.#empty % REMEDIES.length];
    this.#empty += 1;
    return remedy(context);
  }
}

/**
 * Dark hairlines vanish where each point becomes as light as the lightest beside it.
 * @param {CanvasRenderingContext2D} context
 */
function lightened(context) {
  context.globalCompositeOperation = "lighten";
  for (const [x, y] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) context.drawImage(context.canvas, x, y);
  context.globalCompositeOperation = "source-over";
  return textsIn(context, {});
}

/**
 * Light cracks are closed by the reader itself.
 * @param {CanvasRenderingContext2D} context
 */
function denoised(context) {
  return textsIn(context, { tryDenoise: true });
}

/** @returns {Promise<string[]>} */
async function none() {
  return [];
}

/**
 * @param {CanvasRenderingContext2D} context @param {How} how
 * @returns {Promise<string[]>}
 */
async function textsIn(context, how) {
  const { width, height } = context.canvas;
  const picture = context.getImageData(0, 0, width, height);
  const codes = await readBarcodes(picture, { ...OPTIONS, ...how }).catch(() => []);
  return codes.filter(({ isValid }) => isValid).map(({ text }) => text);
}
