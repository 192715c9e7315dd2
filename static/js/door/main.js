/** The scanner's page: puts the parts together. What each does stands in its own module. */
import { stayAwake } from "./awake.js";
import { showCorrections } from "./correction_panel.js";
import { countPeople } from "./counting_panel.js";
import { Finder } from "./finder.js";
import { catchBursts } from "./hand_scanner.js";
import { offerInstalling } from "./install_panel.js";
import { button, has, part, say, toggle } from "./parts.js";
import { PreflightPanel } from "./preflight_panel.js";
import { ScanPanel } from "./scan_panel.js";
import { Scanner } from "./scanner.js";
import { Screen } from "./screen.js";
import { SearchPanel } from "./search_panel.js";
import { chooseSession, showSession } from "./session_panel.js";
import { Signals } from "./signals.js";
import { showStatus } from "./status_panel.js";
import { letUnpair, wasUnpaired } from "./unpairing.js";
import { showUnsent } from "./unsent_panel.js";
import { Views } from "./views.js";
import { empty, takeWalkIns } from "./walk_in_panel.js";
import { Words } from "./words.js";

/**
 * @typedef {import("../devices/pairings.js").Setup & {sessions: import("./session_panel.js").ShownSession[]}} Setup
 * @typedef {{setup: Setup, words: import("./words.js").Texts, reader: string}} Page
 */

/** @type {Page} */
const { setup, words: texts, reader } = JSON.parse(part("setup").textContent ?? "{}");
const words = new Words(texts, document.documentElement.lang);

async function start() {
  const scanner = await Scanner.open(setup);
  const screen = new Screen(words);
  const signals = new Signals();
  const scanPanel = new ScanPanel(scanner, screen, signals, words, setup.rights);
  toggle(["sound", "sound-row"], (on) => void (signals.sounding = on), "door-sound");
  toggle(["advance"], (on) => void (screen.advancing = on), "door-advance");
  showStatus(scanner, words);
  showCorrections(scanner, signals, words);
  countPeople(scanner, signals, words);
  showUnsent(scanner, words);
  letUnpair(scanner, words, setup);
  offerInstalling();
  stayAwake();
  if (has("view-walk-in")) takeWalkIns(scanner, scanPanel, words);
  const search = has("view-search") ? new SearchPanel(scanner, scanPanel, words) : null;
  const finder = has("view-scan") ? new Finder(scanner, scanPanel, words, reader) : null;
  if (has("view-scan")) catchBursts((text) => scanPanel.keyed(text));
  if (has("view-scan")) showSession(setup.sessions, words);
  if (has("session-gate")) chooseSession(scanner, words);
  follow(new Views(), { scanner, scanPanel, search, finder });
}

/**
 * Tell each panel when it comes into sight or leaves it.
 * @param {Views} views
 * @param {{scanner: Scanner, scanPanel: ScanPanel, search: SearchPanel|null, finder: Finder|null}} parts
 */
function follow(views, { scanner, scanPanel, search, finder }) {
  const preflight = new PreflightPanel(scanner, words, finder);
  scanPanel.tried = () => views.open("preflight");
  button("try-scan").hidden = finder === null;
  button("try-scan").addEventListener("click", () => {
    scanPanel.trying = true;
    views.open("scan");
  });
  views.watch((view) => {
    if (view === "preflight") void preflight.check();
    if (view !== "search") search?.clear();
    if (view !== "walk-in" && has("view-walk-in")) empty();
    finder?.look(view === "scan");
  });
}

wasUnpaired(setup)
  .then((unpaired) => (unpaired ? null : start()))
  .catch((error) => {
    part("revoked").hidden = false;
    say("revoked", words.say("failed"));
    throw error;
  });
