/** Saving what waits as files: one at each press, for browsers stop a page that saves several. */

/** @typedef {import("../checkin/unsent_files.js").UnsentFile} UnsentFile */

/**
 * What a press does.
 * @param {() => Promise<UnsentFile[]>} files @param {import("./words.js").Words} words
 * @param {(text: string) => void} tell
 */
export function downloadInTurn(files, words, tell) {
  let saved = 0;
  return async () => {
    const waiting = await files();
    const place = saved % Math.max(1, waiting.length);
    if (waiting.length === 0) return tell(words.say("nothing_unsent"));
    saved = place + 1;
    download(waiting[place].content, fileName(waiting, place, words));
    const next = saved < waiting.length ? "saved_next" : "saved_last";
    tell(words.say(waiting.length > 1 ? next : "saved_one", { n: saved, all: waiting.length }));
  };
}

/** @param {UnsentFile[]} files @param {number} place @param {import("./words.js").Words} words */
function fileName(files, place, words) {
  const stamp = new Date().toISOString().slice(0, 16).replace(/\D/g, "");
  const gate = files[place].gate.replace(/[^\p{L}\p{N}]+/gu, "-");
  const number = files.length > 1 ? [place + 1] : [];
  return `${[words.say("file_name"), gate, ...number, stamp].join("-")}.json`;
}

/** @param {Blob} content @param {string} name */
function download(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}
