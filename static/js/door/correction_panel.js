/** What the server says later, where it differs from what was shown. */
import { button, part, say } from "./parts.js";

/** @typedef {import("../checkin/answers.js").Answer} Answer */

/**
 * @param {import("./scanner.js").Scanner} scanner @param {import("./signals.js").Signals} signals
 * @param {import("./words.js").Words} words
 */
export function showCorrections(scanner, signals, words) {
  /** @type {Answer|null} */
  let known = null;
  /** @type {Answer[]} */
  const waiting = [];
  const next = () => {
    const answer = waiting[0];
    part("correction").hidden = answer === undefined;
    if (!answer) return;
    fill(answer, words);
    // On a low screen the form that is being filled in has pushed it out of sight.
    part("correction").scrollIntoView({ block: "nearest" });
  };
  button("correction-seen").addEventListener("click", () => {
    waiting.shift();
    next();
  });
  scanner.watch(({ correction }) => {
    if (correction === null || correction === known) return;
    known = correction;
    waiting.push(correction);
    signals.tell("amber");
    next();
  });
}

/** @param {Answer} answer @param {import("./words.js").Words} words */
function fill(answer, words) {
  const ruled = answer.override ? overruled(answer, answer.override) : answer;
  say("correction-word", words.say("correction", { word: words.verdict(ruled) }));
  say("correction-name", answer.name ?? "");
  say("correction-reason", words.reason(ruled));
  say("correction-then", then(answer, words));
}

/**
 * What has become of the person: who was let in here is not sent out by a word that comes later.
 * @param {Answer} answer @param {import("./words.js").Words} words
 */
function then(answer, words) {
  if (answer.override) return words.say("let_in");
  return answer.entered && answer.verdict === "quarantined" ? words.say("let_in_aside") : "";
}

/**
 * The person was let in, and the rules now say no: tell what they say.
 * @param {Answer} answer @param {string} reason
 * @returns {Answer}
 */
function overruled(answer, reason) {
  if (reason === "already") return { ...answer, verdict: "already" };
  return { ...answer, verdict: "refused", reason };
}
