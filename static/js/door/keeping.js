/** What has not been sent: saved as a file for the desk; and leaving, which keeps it. */
import { button, part, say } from "./parts.js";

/** Set when somebody left without network: the next page that loads tells the server. */
const LEFT = "door-left";

/** @param {import("./engine.js").Door} door @param {import("./words.js").Words} words @param {string} gate */
export function keepUnsent(door, words, gate) {
  let answered = false;
  door.watch(({ unsent, online }) => {
    answered = online;
    const told = unsent > 0 ? words.say("leave_unsent", { n: unsent }) : words.say("leave_clean");
    say("leave-warning", told);
    part("leave-warning").dataset.some = String(unsent > 0);
    button("save-first").hidden = unsent === 0;
  });
  for (const id of ["save-unsent", "save-first"]) {
    button(id).addEventListener("click", () => void save(door, words, gate));
  }
  const form = /** @type {HTMLFormElement} */ (part("leave-form").querySelector("form"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void leave(door, words, form, answered);
  });
}

/** Tell the server now what it could not be told when somebody left. */
export function leftBefore() {
  if (localStorage.getItem(LEFT) === null) return false;
  if (!navigator.onLine) return true;
  localStorage.removeItem(LEFT);
  /** @type {HTMLFormElement} */ (part("leave-form").querySelector("form")).submit();
  return true;
}

/** @param {import("./engine.js").Door} door @param {import("./words.js").Words} words @param {string} gate */
async function save(door, words, gate) {
  const file = await door.unsentFile();
  say("save-said", file ? "" : words.say("nothing_unsent"));
  if (!file) return;
  const link = document.createElement("a");
  const stamp = new Date().toISOString().slice(0, 16).replace(/\D/g, "");
  link.href = URL.createObjectURL(file);
  link.download = `${words.say("file_name")}-${gate.replace(/[^\p{L}\p{N}]+/gu, "-")}-${stamp}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/**
 * @param {import("./engine.js").Door} door @param {import("./words.js").Words} words
 * @param {HTMLFormElement} form @param {boolean} answered whether the server can be told now
 */
async function leave(door, words, form, answered) {
  await door.leave();
  if (answered) {
    form.submit();
    return;
  }
  localStorage.setItem(LEFT, "yes");
  part("leave-form").hidden = true;
  part("leave-back").hidden = true;
  say("leave-warning", words.say("left"));
  part("tabs").hidden = true;
}
