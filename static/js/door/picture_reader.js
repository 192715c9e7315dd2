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
/**
 * What is tried with an empty picture, in turn: a second look at each would be slow too, and whoever
 * comes waits until the look before is done (bench/results.md).
 */
const REMEDIES = /** @type {const} */ (["lighten", "none", "none", "denoise", "none", "none"]);
const LARGE = 640;
const WHITE = 0xffffffff;
const OPAQUE = 0xff000000;
const EACH_COLOUR = 0x010101;

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
    const { width, height } = context.canvas;
    const picture = context.getImageData(0, 0, width, height);
    const remedy = REMEDIES[this.#empty % REMEDIES.length];
    const tryInvert = INVERTED[this.#turn % INVERTED.length];
    this.#turn += 1;
    // The reader looks as it is first, and closes light cracks only where it has found nothing.
    const texts = await textsIn(picture, { tryInvert, tryDenoise: remedy === "denoise" });
    if (texts.length > 0) return texts;
    this.#empty += 1;
    return remedy === "lighten" ? textsIn(lightened(picture), { tryInvert: false }) : [];
  }
}

/**
 * The picture in grey, each point as light as the lightest of nine: dark hairlines vanish. A large one
 * at half its size. By hand, for a canvas drawn over itself takes four times as long as reading it.
 * @param {ImageData} picture
 */
function lightened({ data, width, height }) {
  const step = width > LARGE ? 2 : 1;
  const made = new ImageData(Math.floor(width / step), Math.floor(height / step));
  const points = new Uint32Array(made.data.buffer).fill(WHITE);
  const row = width * 4;
  for (let y = 1; y < made.height - 1; y += 1) {
    for (let x = 1; x < made.width - 1; x += 1) {
      const green = (y * width + x) * step * 4 + 1;
      const light = lightest(
        lightestOfRow(data, green - row), lightestOfRow(data, green), lightestOfRow(data, green + row),
      );
      points[y * made.width + x] = OPAQUE | (EACH_COLOUR * light);
    }
  }
  return made;
}

/** @param {Uint8ClampedArray} data @param {number} green of the point in the middle */
function lightestOfRow(data, green) {
  return lightest(data[green - 4], data[green], data[green + 4]);
}

/** @param {number} one @param {number} two @param {number} three */
function lightest(one, two, three) {
  const lighter = one > two ? one : two;
  return lighter > three ? lighter : three;
}

/**
 * @param {ImageData} picture @param {How} how
 * @returns {Promise<string[]>}
 */
async function textsIn(picture, how) {
  const codes = await readBarcodes(picture, { ...OPTIONS, ...how }).catch(() => []);
  return codes.filter(({ isValid }) => isValid).map(({ text }) => text);
}
