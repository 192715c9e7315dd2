/**
 * Shows an answer over the whole screen, by colour, shape and word; green and grey go by themselves.
 *
 * @typedef {import("../checkin/answers.js").Answer} Answer
 * @typedef {"green"|"grey"|"amber"|"red"} Look
 * @typedef {""|"undo"|"trust"|number} Choice a number: so many of a group came in
 * @typedef {{way: string, undoable: boolean, trustable: boolean, ask: number}} Beside `ask`: of so
 *            many it is asked how many came in
 */
import { button, copyOf, part, say } from "./parts.js";

const SHAPES = {
  green: { ground: "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22z", mark: "M6.8 12.5l3.7 3.7 7-7.8" },
  grey: {
    ground: "M4 1.5h16a2.5 2.5 0 0 1 2.5 2.5v16a2.5 2.5 0 0 1-2.5 2.5H4a2.5 2.5 0 0 1-2.5-2.5V4A2.5 2.5 0 0 1 4 1.5z",
    mark: "M9.5 6.5l-3.5 3.5 3.5 3.5M6.5 10h7.5a3.5 3.5 0 0 1 0 7h-3",
  },
  amber: { ground: "M12 1.5L23 21.5H1z", mark: "M12 8.5v6M12 18v.1" },
  red: { ground: "M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z", mark: "M8 8l8 8M16 8l-8 8" },
};
/** Within green: who goes out looks different from who comes in. */
const MARKS = /** @type {Record<string, string>} */ ({
  exit: "M6.5 12h10.5M12.5 7.5l4.5 4.5-4.5 4.5",
});
/** What is taken back lets nobody in: it must not be green. All that is not named here is red. */
const LOOKS = /** @type {Record<string, Look>} */ ({
  admitted: "green", exit: "green", tested: "green", annulled: "grey",
  already: "amber", unanswered: "amber", unjudged: "amber", misread: "amber",
});
/** These ask nothing of anybody: they go by themselves, at a touch, and for the next code. */
const PASSING = ["green", "grey"];
/** How long a green answer stands by itself, and one with something to read. */
const GREEN_MS = 1800;
const READING_MS = 4000;
/** How long it is asked how many of a group came in; then all of them did. */
const ASKING_MS = 6000;
/** A green answer makes way for the next code no earlier than this. */
const LEAST_MS = 500;
/** Any other one only for a code that somebody scanned by hand, and when it could be read. */
const LEAST_READ_MS = 1500;
/** A name of more letters is written smaller. */
const LONG_NAME = 30;

/**
 * @param {Answer} answer
 * @returns {Look}
 */
export function look(answer) {
  return LOOKS[answer.verdict] ?? "red";
}

export class Screen {
  /** Whether green answers close by themselves. */
  advancing = true;
  #dialog = /** @type {HTMLDialogElement} */ (part("verdict"));
  #shown = { id: "", since: 0 };
  #seen = () => {};
  /** Whether a ticket waits that was scanned by hand. */
  #hurried = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #hurry;

  /** @param {import("./words.js").Words} words */
  constructor(words) {
    this.words = words;
    button("verdict-next").addEventListener("click", () => this.#close());
    // By the Escape key, or the phone's way back.
    this.#dialog.addEventListener("close", () => {
      if (!this.#dialog.open) this.#seen();
    });
    this.#dialog.addEventListener("click", (event) => {
      const onButton = event.target instanceof Element && event.target.closest("button");
      if (!onButton && this.#passing) this.#close();
    });
  }

  /** The id of the answer that stands on the screen, "" if none does. */
  get showing() {
    return this.#dialog.open ? this.#shown.id : "";
  }

  /**
   * Show an answer; resolves when it has been seen, with what was chosen beside *Next*.
   * @param {Answer} answer @param {Beside} beside
   * @returns {Promise<Choice>}
   */
  async show(answer, beside) {
    this.#fill(answer, beside.way);
    /** @type {Choice} */
    let chosen = "";
    this.#ask(beside.ask, (number) => {
      chosen = number;
      this.#close();
    });
    for (const choice of /** @type {const} */ (["undo", "trust"])) {
      button(`verdict-${choice}`).hidden = !(choice === "undo" ? beside.undoable : beside.trustable);
      button(`verdict-${choice}`).onclick = () => {
        chosen = choice;
        this.#close();
      };
    }
    if (this.#dialog.open) this.#close();
    const seen = new Promise((resolve) => {
      this.#seen = () => resolve(undefined);
    });
    this.#dialog.showModal();
    const middle = part("verdict-middle");
    middle.tabIndex = middle.scrollHeight > middle.clientHeight ? 0 : -1;
    this.#shown = { id: answer.id, since: Date.now() };
    button("verdict-next").focus();
    const timer = this.#timer(answer, beside.ask > 0);
    this.hurry(this.#hurried);
    await seen;
    clearTimeout(timer);
    clearTimeout(this.#hurry);
    this.#forget();
    return chosen;
  }

  /**
   * Close it, and let who waits go on at once: the browser tells of it later, and what stood in the
   * fields below must not be emptied when the next is written there already.
   */
  #close() {
    this.#dialog.close();
    this.#seen();
  }

  /**
   * The next ticket was scanned by hand and waits: what stands goes once it could be read.
   * @param {boolean} waits
   */
  hurry(waits) {
    this.#hurried = waits;
    if (!waits || !this.#dialog.open) return;
    clearTimeout(this.#hurry);
    const stands = Date.now() - this.#shown.since;
    const least = this.#passing ? LEAST_MS : LEAST_READ_MS;
    this.#hurry = setTimeout(() => this.#close(), Math.max(0, least - stands));
  }

  get #passing() {
    return PASSING.includes(this.#dialog.dataset.look ?? "");
  }

  /** The next code is before the camera: close a green answer that has stood long enough. */
  makeWay() {
    if (!this.#dialog.open) return;
    const passed = Date.now() - this.#shown.since;
    if (this.#passing && passed >= LEAST_MS) this.#close();
  }

  /**
   * A button for each number of people that may have come in; none chosen means all.
   * @param {number} most 0 where nothing is asked @param {(number: number) => void} chosen
   */
  #ask(most, chosen) {
    part("verdict-many").hidden = most === 0;
    const numbers = Array.from({ length: most }, (_, place) => place + 1);
    part("verdict-numbers").replaceChildren(...numbers.map((number) => {
      const one = /** @type {HTMLButtonElement} */ (copyOf("verdict-number"));
      one.textContent = this.words.say(number === most ? "all_came" : "some_came", { n: number });
      one.addEventListener("click", () => chosen(number));
      return one;
    }));
  }

  /** @param {Answer} answer @param {boolean} asking */
  #timer(answer, asking) {
    const timed = this.advancing && PASSING.includes(look(answer));
    this.#dialog.dataset.timed = "no";
    if (!timed) return 0;
    const reading = Boolean(answer.notes || answer.seats);
    this.#dialog.dataset.timed = asking ? "asking" : reading ? "reading" : "plain";
    const wait = asking ? ASKING_MS : reading ? READING_MS : GREEN_MS;
    return setTimeout(() => this.#close(), wait);
  }

  /** Nobody's name stays in a page that is put aside. */
  #forget() {
    if (this.#dialog.open) return;
    for (const id of ["verdict-name", "verdict-notes"]) say(id, "");
  }

  /** @param {Answer} answer @param {string} way */
  #fill(answer, way) {
    const seen = look(answer);
    this.#dialog.dataset.look = seen;
    this.#dialog.dataset.verdict = answer.verdict;
    part("verdict-ground").setAttribute("d", SHAPES[seen].ground);
    part("verdict-mark").setAttribute("d", MARKS[answer.verdict] ?? SHAPES[seen].mark);
    say("verdict-way", way);
    const here = this.words.say(answer.network ? "decided_at_once" : "decided_here");
    say("verdict-offline", answer.offline && answer.stored ? here : "");
    say("verdict-word", this.words.verdict(answer));
    say("verdict-name", answer.name ?? "");
    this.#dialog.dataset.long = String((answer.name ?? "").length > LONG_NAME);
    say("verdict-group", this.words.group(answer));
    say("verdict-notes", answer.notes ?? "");
    say("verdict-reason", this.words.reason(answer));
    say("verdict-then", this.words.then(answer));
  }
}
