/**
 * On the page of a phone that is not paired: whatever it knew is wiped, and what still waits is
 * delivered with the token it was made with; a revoked phone's scans are kept in quarantine. Where
 * the server takes none of it, for another phone has that place now, it is saved as a file.
 */
import { Delivery } from "../checkin/delivery.js";
import { Store } from "../checkin/store.js";
import { unsentFiles } from "../checkin/unsent_files.js";
import { TallyCounter } from "../crowd/tally.js";
import { notePairing } from "../devices/pairings.js";
import { downloadInTurn } from "./file_download.js";
import { button, part, say } from "./parts.js";
import { sendWaiting } from "./sending.js";
import { dropPage } from "./shell.js";
import { Words } from "./words.js";

const AGAIN_MS = 10_000;
const NOBODY = "";

const words = new Words(
  JSON.parse(part("words").textContent ?? "{}"),
  document.documentElement.lang,
);
const store = await Store.open();
await notePairing(store);
await store.wipe();
await dropPage();
const tally = new TallyCounter(store, null, NOBODY, () => Date.now());
await tally.open();
const delivery = new Delivery(store, () => {});
const save = downloadInTurn(() => unsentFiles(store, null), words, (text) => say("save-said", text));
button("save-unsent").addEventListener("click", () => void save());
window.addEventListener("online", () => void deliver());
let timer = 0;
show();
void deliver();

async function deliver() {
  clearTimeout(timer);
  await tally.send().catch(() => null);
  await sendWaiting(delivery, null, NOBODY).catch(() => null);
  show();
  clearTimeout(timer);
  if (store.waits.size > 0 || tally.unsent) timer = setTimeout(() => void deliver(), AGAIN_MS);
}

/** How much waits; nothing is said where nothing does. */
function show() {
  const n = store.waits.size;
  part("leftovers").hidden = n === 0;
  say("leftovers-said", n === 0 ? "" : words.say("unsent_waiting", { n }));
}
