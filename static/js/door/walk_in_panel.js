/** Letting somebody in who has no ticket. */
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
  part("walk-in-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!checked(words)) return;
    const [name, mail, seats] = FIELDS.map((field) => value(field));
    const walkIn = { name, mail, seats: Number(western(seats)) };
    void scanPanel.showing("entry", NO_CODE, () => scanner.walkIn(walkIn)).then((answer) => {
      if (answer?.verdict === "admitted") empty();
      input("walk-in-name").focus();
    });
  });
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
  for (const field of FIELDS) {
    input(`walk-in-${field}`).value = field === "seats" ? "1" : "";
    input(`walk-in-${field}`).removeAttribute("aria-invalid");
    say(`walk-in-${field}-wrong`, "");
  }
}
