/** What has not been sent: how much it is, and saving it as a file for the desk. */
import { downloadInTurn } from "./file_download.js";
import { button, part, say } from "./parts.js";

/** @param {import("./scanner.js").Scanner} scanner @param {import("./words.js").Words} words */
export function showUnsent(scanner, words) {
  scanner.watch(({ unsent }) => {
    const name = unsent > 0 ? "unsent_waiting" : "unsent_none";
    say("unpair-warning", words.say(name, { n: unsent }));
    part("unpair-warning").dataset.some = String(unsent > 0);
    button("save-first").hidden = unsent === 0;
  });
  for (const [id, said] of [["save-unsent", "save-said"], ["save-first", "save-first-said"]]) {
    const save = downloadInTurn(() => scanner.unsentFiles(), words, (text) => say(said, text));
    button(id).addEventListener("click", () => void save());
  }
}
