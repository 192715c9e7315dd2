/** The camera's picture: on while the scanner is in sight, with its hint, light and refusals. */
import { plainCode } from "../checkin/codes.js";
import { openCamera } from "./camera.js";
import { button, part, say, toggle } from "./parts.js";

/** @typedef {import("./camera.js").Camera} Camera */

export class Finder {
  /** Whether the camera may be used; null until it was tried. @type {boolean|null} */
  allowed = null;
  /** @type {Camera|null} */
  #camera = null;
  /** @type {Promise<void>} */
  #opening = Promise.resolve();
  #inSight = false;
  /** Whether the browser's question about the camera stands unanswered. */
  asking = false;

  /**
   * @param {import("./scanner.js").Scanner} scanner @param {import("./scan_panel.js").ScanPanel} scanPanel
   * @param {import("./words.js").Words} words @param {string} reader
   */
  constructor(scanner, scanPanel, words, reader) {
    this.scanner = scanner;
    this.scanPanel = scanPanel;
    this.words = words;
    this.reader = reader;
    part("scanner").hidden = false;
    scanPanel.turned = () => this.hint();
    toggle(["torch"], (on) => void this.#camera?.torch?.(on));
    document.addEventListener("visibilitychange", () => this.#follow());
  }

  /** @param {boolean} inSight whether the scanner is the panel in sight */
  look(inSight) {
    this.#inSight = inSight;
    if (!inSight) this.scanPanel.trying = false;
    this.hint();
    this.#follow();
  }

  hint() {
    if (this.#camera === null) return;
    part("scanner").dataset.trying = String(this.scanPanel.trying);
    const going = this.scanPanel.way === "exit" ? "ready_exit" : "ready";
    say("hint", this.words.say(this.scanPanel.trying ? "ready_trying" : going));
  }

  /** Whether the camera may be used, asked where nobody knows yet. */
  async mayUse() {
    await this.#opening;
    return this.allowed ?? permitted();
  }

  #follow() {
    this.#opening = this.#opening.then(() => this.#settle());
  }

  async #settle() {
    const visible = document.visibilityState === "visible";
    if (!visible && this.#camera) this.#close();
    if (this.#camera) this.#camera.reading = this.#inSight;
    else if (visible && this.#inSight) await this.#open();
  }

  async #open() {
    say("hint", this.words.say("starting"));
    const video = /** @type {HTMLVideoElement} */ (part("camera"));
    this.asking = true;
    try {
      const onCode = (/** @type {string} */ text) => this.scanPanel.read(plainCode(text));
      this.#camera = await openCamera(video, this.reader, onCode);
      this.#noteAllowed(true);
      button("torch").hidden = this.#camera.torch === null;
      this.hint();
    } catch (error) {
      const refused = error instanceof DOMException && error.name === "NotAllowedError";
      this.#noteAllowed(refused ? false : null);
      say("hint", this.words.say(refused ? "camera_refused" : "camera_missing"));
      /** @type {HTMLDetailsElement} */ (part("by-hand")).open = true;
    } finally {
      this.asking = false;
    }
  }

  #close() {
    this.#camera?.stop();
    this.#camera = null;
    button("torch").setAttribute("aria-pressed", "false");
  }

  /** @param {boolean|null} allowed */
  #noteAllowed(allowed) {
    this.allowed = allowed;
    this.scanner.cameraSeen(allowed === true);
  }
}

/**
 * What the browser has been told about the camera; null where it would ask, or does not say.
 * @returns {Promise<boolean|null>}
 */
async function permitted() {
  try {
    const name = /** @type {PermissionName} */ ("camera");
    const { state } = await navigator.permissions.query({ name });
    return state === "prompt" ? null : state === "granted";
  } catch {
    return null;
  }
}
