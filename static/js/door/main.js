/**
 * The scanner's page: puts the parts together. The camera finds codes, the queue gets answers,
 * the screen shows them. Work without network comes to the queue alone.
 */
import { openCamera } from "./camera.js";
import { plainCode } from "./code.js";
import { Queue, Revoked, TooMany } from "./queue.js";
import { Screen } from "./screen.js";
import { Signals } from "./signals.js";

/**
 * @typedef {{setup: {token: string, gate: string, rights: string[]},
 *            words: import("./screen.js").Words, reader: string}} Setup
 */

/** The same code is not scanned again while it is still before the camera. */
const SAME_CODE_MS = 4000;

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const button = (id) => /** @type {HTMLButtonElement} */ (document.getElementById(id));

/** @type {Setup} */
const { setup, words, reader } = JSON.parse(part("setup").textContent ?? "{}");
const screen = new Screen(words);
const signals = new Signals();
const queue = new Queue({ token: setup.token, gate: setup.gate });

/** @type {"entry"|"exit"} */
let kind = "entry";
/** @type {{code: string, time: number}} */
let seen = { code: "", time: 0 };
/** @type {{id: string, code: string}|null} */
let last = null;
let busy = false;

/** @param {string} code @param {"entry"|"exit"} way */
async function scan(code, way) {
  if (busy) return;
  busy = true;
  try {
    const answer = await queue.scan(code, way);
    last = ["admitted", "exit"].includes(answer.verdict) ? { id: answer.id, code } : null;
    button("undo").disabled = last === null || !setup.rights.includes("undo");
    await show(answer);
  } catch (error) {
    await show(refusal(error));
  } finally {
    busy = false;
    seen = { code, time: Date.now() };
  }
}

async function undo() {
  if (busy || last === null) return;
  busy = true;
  try {
    const answer = await queue.undo(last.code, last.id);
    last = null;
    button("undo").disabled = true;
    await show(answer);
  } catch (error) {
    await show(refusal(error));
  } finally {
    busy = false;
  }
}

/** @param {import("./queue.js").Answer} answer */
async function show(answer) {
  signals.tell(screen.look(answer));
  await screen.show(answer);
}

/**
 * @param {unknown} error
 * @returns {import("./queue.js").Answer}
 */
function refusal(error) {
  if (error instanceof Revoked) window.location.reload();
  const reason = error instanceof TooMany ? "many" : "unanswered";
  return { id: "", stored: false, verdict: "unanswered", reason };
}

/** @param {string} text */
function found(text) {
  const code = plainCode(text);
  if (busy || code === "") return;
  if (code === seen.code && Date.now() - seen.time < SAME_CODE_MS) {
    seen.time = Date.now();
    return;
  }
  void scan(code, kind);
}

async function start() {
  part("scanner").hidden = false;
  /** @type {HTMLDetailsElement} */ (part("by-hand")).open = false;
  screen.hint("starting");
  try {
    const camera = await openCamera(
      /** @type {HTMLVideoElement} */ (part("camera")), reader, found,
    );
    screen.hint("ready");
    if (camera.torch) {
      button("torch").hidden = false;
      press("torch", (on) => camera.torch?.(on));
    }
  } catch (error) {
    const refused = error instanceof DOMException && error.name === "NotAllowedError";
    screen.hint(refused ? "camera_refused" : "camera_missing");
    /** @type {HTMLDetailsElement} */ (part("by-hand")).open = true;
  }
}

/**
 * A button that is on or off.
 * @param {string} id @param {(on: boolean) => void} changed
 */
function press(id, changed) {
  button(id).addEventListener("click", () => {
    const on = button(id).getAttribute("aria-pressed") !== "true";
    button(id).setAttribute("aria-pressed", String(on));
    changed(on);
  });
}

press("direction", (on) => {
  kind = on ? "exit" : "entry";
});
press("sound", (on) => {
  signals.sounding = on;
});
button("undo").addEventListener("click", () => void undo());
part("page-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const way = form.get("kind") === "exit" ? "exit" : "entry";
  const code = plainCode(String(form.get("code") ?? ""));
  if (code === "") return;
  void scan(code, way).then(() => {
    /** @type {HTMLInputElement} */ (part("code")).value = "";
  });
});
queue.watch((state) => screen.network(state));
void start();
