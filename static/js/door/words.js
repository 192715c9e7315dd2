/**
 * What the door says, in the reader's language: filled-in sentences, times and ages.
 *
 * @typedef {{verdicts: Record<string, string>, refused: Record<string, string>,
 *            reasons: Record<string, string>, others: Record<string, string>}} Texts
 * @typedef {import("../checkin/answers.js").Answer} Answer
 */

const ZONE = "Europe/Copenhagen";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export class Words {
  /** @param {Texts} texts @param {string} language */
  constructor(texts, language) {
    this.texts = texts;
    const latin = `${language}-u-nu-latn`;
    const clock = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.time = new Intl.DateTimeFormat(latin, { ...clock, timeZone: ZONE });
    this.day = new Intl.DateTimeFormat(latin, { day: "numeric", month: "long", timeZone: ZONE });
    this.number = new Intl.NumberFormat(latin);
    this.relative = new Intl.RelativeTimeFormat(latin, { numeric: "always" });
  }

  /** @param {string} name @param {Record<string, string|number>} [facts] */
  say(name, facts = {}) {
    return Object.entries(facts).reduce((text, [key, value]) => {
      const shown = typeof value === "number" ? this.number.format(value) : value;
      return text.replace(`%(${key})s`, shown);
    }, this.texts.others[name] ?? "");
  }

  /**
   * The big word of an answer.
   * @param {Answer} answer
   */
  verdict(answer) {
    const refused = answer.verdict === "refused" || answer.verdict === "quarantined";
    const own = refused && answer.reason ? this.texts.refused[answer.reason] : undefined;
    return own ?? this.texts.verdicts[answer.verdict] ?? answer.verdict;
  }

  /**
   * For how many the ticket is, and how many of them have come where that is not all at once.
   * @param {{seats?: number, came?: number, admits?: number}} answer
   */
  group({ seats, came, admits }) {
    if (!seats || seats < 2) return "";
    const apart = came !== undefined && (came < seats || (admits ?? 0) > 0) && admits !== seats;
    return apart ? this.say("group_came", { came, n: seats }) : this.say("group", { n: seats });
  }

  /**
   * Why, in a sentence.
   * @param {Answer} answer
   */
  reason(answer) {
    const why = this.texts.reasons[answer.reason ?? answer.verdict] ?? "";
    if (!answer.first) return why;
    const first = this.first(answer.first);
    return answer.reason === "revoked" ? `${why} ${this.say("newer_came", { first })}` : first;
  }

  /**
   * What to do next, where the guest is stopped and the sentence why does not tell it.
   * @param {Answer} answer
   */
  then(answer) {
    const stopped = answer.verdict === "already" || answer.reason === "cancelled";
    return stopped ? this.say("in_doubt") : "";
  }

  /**
   * Since when somebody is in, and at which gate.
   * @param {{at: string, gate: string}} first
   */
  first(first) {
    const at = new Date(first.at);
    const [time, day] = [this.time.format(at), this.day.format(at)];
    const today = day === this.day.format(new Date());
    const sentence = this.say(today ? "first" : "first_day", { time, day, gate: first.gate });
    return today ? `${sentence} (${this.age(at.getTime())})` : sentence;
  }

  /**
   * How long ago: "3 minutes ago".
   * @param {number} since
   */
  age(since) {
    const passed = Math.max(0, Date.now() - since);
    if (passed < MINUTE) return this.say("just_now");
    if (passed < HOUR) return this.relative.format(-Math.floor(passed / MINUTE), "minute");
    if (passed < DAY) return this.relative.format(-Math.floor(passed / HOUR), "hour");
    return this.relative.format(-Math.floor(passed / DAY), "day");
  }
}
