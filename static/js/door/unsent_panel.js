/** What has not been sent: how much it is, and saving it as a file for the desk. */
import { saving } from "./file_download.js";
import { button, part, say } from "./parts.js";

/** @param {import("./engine.js").Door} door @param {import("./words.js").Words} words */
export function keepUnsent(door, words) {
  door.watch(({ unsent }) => {
    const told = unsent > 0 ? words.say("leave_unsent", { n: unsent }) : words.say("leave_clean");
    say("leave-warning", told);
    part("leave-warning").dataset.some = String(unsent > 0);
    button("save-first").hidden = unsent === 0;
  });
  for (const [id, said] of [["save-unsent", "save-said"], ["save-first", "save-first-said"]]) {
    const save = saving(() => door.unsentFiles(), words, (text) => say(said, text));
    button(id).addEventListener("click", () => void save());
  }
}
