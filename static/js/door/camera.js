/** The camera: looks at one of its pictures after the other, one at a time. */
import { PictureReader, prepareReader } from "./picture_reader.js";

/**
 * @typedef {{torch: ((on: boolean) => Promise<void>)|null, stop: () => void,
 *            reading: boolean}} Camera
 */

const LONGEST_SIDE = 960;
const PAUSE_MS = 25;

/**
 * Open the camera and call `onCode` with each text that is read.
 * @param {HTMLVideoElement} video @param {string} reader address of the reader's WebAssembly
 * @param {(text: string) => void} onCode
 * @returns {Promise<Camera>}
 */
export async function openCamera(video, reader, onCode) {
  prepareReader(reader);
  if (!navigator.mediaDevices) throw new Error("no camera");
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 960 } },
  });
  video.srcObject = stream;
  await video.play();
  let running = true;
  const [track] = stream.getVideoTracks();
  const camera = {
    torch: torchOf(track),
    reading: true,
    stop() {
      running = false;
      track.stop();
    },
  };
  void look(video, onCode, () => running, () => camera.reading);
  return camera;
}

/**
 * @param {HTMLVideoElement} video @param {(text: string) => void} onCode
 * @param {() => boolean} goesOn @param {() => boolean} reads
 */
async function look(video, onCode, goesOn, reads) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const reader = new PictureReader();
  while (goesOn()) {
    if (context && reads() && video.videoWidth > 0) {
      draw(video, canvas, context);
      for (const text of await reader.read(context)) onCode(text);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/**
 * @param {HTMLVideoElement} video @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2D} context
 */
function draw(video, canvas, context) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
}

/**
 * The lamp beside the camera, where there is one.
 * @param {MediaStreamTrack} track
 */
function torchOf(track) {
  const can = /** @type {{torch?: boolean}} */ (track.getCapabilities?.() ?? {});
  if (!can.torch) return null;
  /** @param {boolean} on */
  return (on) => {
    const light = /** @type {MediaTrackConstraintSet} */ ({ torch: on });
    return track.applyConstraints({ advanced: [light] });
  };
}
