/**
 * Letting somebody in who has no ticket.
 *
 * @typedef {import("../checkin/walk_ins.js").WalkIn} WalkIn
 */
import { western } from "../devices/digits.js";
import { input, part, say } from "./parts.js";

const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const MOST_SEATS = 50;
/** Stands for the code of who has none, so that this entry can be taken back too. */
const NO_CODE = "-";
const FIELDS = ["name", "mail", "seats"];

/**
 * @param {import("./scanner.js").Scanner} scanner @param {import("./scan_panel.js").ScanPanel} scanPanel
 * @param {import("./words.js").Words} words
 */
export function takeWalkIns(scanner, scanPanel, words) {
  let asking = false;
  part("walk-in-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (asking || !checked(words)) return;
    asking = true;
    const sure = await isSure(scanner, typedIn(), words).finally(() => (asking = false));
    if (!sure) return;
    void scanPanel.showing("entry", NO_CODE, () => scanner.walkIn(typedIn())).then((answer) => {
      if (answer?.verdict === "admitted") empty();
      input("walk-in-name").focus();
    });
  });
}

/** What was asked about: the same once more is somebody else. */
let asked = "";

/**
 * Whether nobody alike is on the list, or that was asked about already.
 * @param {import("./scanner.js").Scanner} scanner @param {WalkIn} walkIn
 * @param {import("./words.js").Words} words
 */
async function isSure(scanner, walkIn, words) {
  const key = JSON.stringify([walkIn.name, walkIn.mail].map((text) => text.toLowerCase()));
  if (key === asked) return true;
  const people = await scanner.alike(walkIn);
  asked = people.length > 0 ? key : "";
  const who = people.map((person) => told(person, words)).join("; ");
  say("walk-in-alike", who === "" ? "" : words.say("alike", { who }));
  return people.length === 0;
}

/**
 * @param {import("../checkin/walk_ins.js").Alike} person @param {import("./words.js").Words} words
 */
function told({ name, state, address }, words) {
  const unnamed = words.say(address ? "alike_address" : "alike_name");
  return `${name ? isolated(name) : unnamed} (${words.say(`state_${state}`)})`;
}

/** A name reads in its own direction. @param {string} name */
const isolated = (name) => `\u2068${name}\u2069`;

/** @returns {WalkIn} */
function typedIn() {
  const [name, mail, seats] = FIELDS.map((field) => value(field));
  return { name, mail, seats: Number(western(seats)) };
}

/** @param {string} field */
const value = (field) => input(`walk-in-${field}`).value.trim();

/** @param {import("./words.js").Words} words */
function checked(words) {
  const seats = Number(western(value("seats")));
  const right = {
    name: value("name") !== "",
    mail: value("mail") === "" || MAIL.test(value("mail")),
    seats: Number.isInteger(seats) && seats >= 1 && seats <= MOST_SEATS,
  };
  const missing = { name: "name_missing", mail: "mail_wrong", seats: "seats_wrong" };
  const wrong = /** @type {(keyof typeof right)[]} */ (FIELDS).filter((field) => {
    say(`walk-in-${field}-wrong`, right[field] ? "" : words.say(missing[field]));
    input(`walk-in-${field}`).setAttribute("aria-invalid", String(!right[field]));
    return !right[field];
  });
  if (wrong.length > 0) input(`walk-in-${wrong[0]}`).focus();
  return wrong.length === 0;
}

/** Nobody's name stays in the form. */
export function empty() {
  asked = "";
  say("walk-in-alike", "");
  for (const field of FIELDS) {
    input(`walk-in-${field}`).value = field === "seats" ? "1" : "";
    input(`walk-in-${field}`).removeAttribute("aria-invalid");
    say(`walk-in-${field}-wrong`, "");
  }
}
