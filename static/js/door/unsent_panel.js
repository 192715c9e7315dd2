/** What has not been sent: how much it is, and saving it as a file for the desk. */
import { downloadInTurn } from "./file_download.js";
import { button, part, say } from "./parts.js";

/** @param {import("./engine.js").Door} door @param {import("./words.js").Words} words */
export function showUnsent(door, words) {
  door.watch(({ unsent }) => {
    const name = unsent > 0 ? "unsent_waiting" : "unsent_none";
    say("unpair-warning", words.say(name, { n: unsent }));
    part("unpair-warning").dataset.some = String(unsent > 0);
    button("save-first").hidden = unsent === 0;
  });
  for (const [id, said] of [["save-unsent", "save-said"], ["save-first", "save-first-said"]]) {
    const save = downloadInTurn(() => door.unsentFiles(), words, (text) => say(said, text));
    button(id).addEventListener("click", () => void save());
  }
}
