/**
 * What the door answers to one scan. The same rules as app/checkin/rules/verdicts.py;
 * tests/checkin/cases.json holds both to it.
 *
 * @typedef {import("./folding.js").Move} Move
 * @typedef {import("../devices/doors.js").Door} Door
 * @typedef {"valid"|"cancelled"|"waitlisted"|"revoked"|"unknown"|"forged"} TicketState
 * @typedef {{event: string, state: TicketState, kind: string, seats?: number}} Ticket
 * @typedef {{came: number, admits: number}} GroupCame how many of a group have come by now, and how
 *            many of them with this entry
 * @typedef {{answer: string, reason: string|null, override: string|null,
 *            first: Move|null, group: GroupCame|null}} Verdict
 */
import { cameBy, earlierEntry } from "./folding.js";

/**
 * Why an entry with this ticket at this door and time is refused, whoever came before.
 * @param {Ticket} ticket @param {Door} door @param {number} time
 * @returns {string|null}
 */
export function refusal(ticket, door, time) {
  if (door.event !== null && ticket.event !== door.event) return "wrong_event";
  if (["revoked", "cancelled", "waitlisted"].includes(ticket.state)) return ticket.state;
  if (door.kinds !== null && !door.kinds.includes(ticket.kind)) return "rule";
  if (door.opens !== null && time < door.opens) return "not_yet";
  if (door.closes !== null && time > door.closes) return "too_late";
  return null;
}

/**
 * What the rules say of this move; `past` are the ticket's moves on the same list.
 * @param {Ticket} ticket @param {Door} door @param {Move} move @param {Move[]} past
 * @returns {Verdict}
 */
export function verdict(ticket, door, move, past) {
  if (ticket.state === "unknown" || ticket.state === "forged") return saying(ticket.state);
  if (move.kind === "annul") return saying("annulled");
  if (move.kind === "exit") return saying("exit");
  const reason = refusal(ticket, door, move.time);
  if (reason !== null) return { ...saying("refused"), reason };
  if ((ticket.seats ?? 1) > 1) return verdictOnGroup(ticket, door, move, past);
  const first = earlierEntry(move, past, door.entry);
  return first ? { ...saying("already"), first } : saying("admitted");
}

/**
 * While some of a group have not come, an entry is one; who came is counted over the list.
 * @param {Ticket} ticket @param {Door} door @param {Move} move @param {Move[]} past
 * @returns {Verdict}
 */
function verdictOnGroup({ seats = 1 }, door, move, past) {
  const others = past.filter(({ id }) => id !== move.id);
  const first = earlierEntry(move, others, door.entry);
  const before = cameBy(others, move, door.entry, seats);
  if (first && before >= seats) {
    return { ...saying("already"), first, group: { came: before, admits: 0 } };
  }
  const came = cameBy([...others, { ...move, seats }], move, door.entry, seats);
  return { ...saying("admitted"), group: { came, admits: Math.max(0, came - before) } };
}

/**
 * The verdict on an entry that was decided offline: what the person was told is a fact.
 * @param {Verdict} ruled @param {boolean} green
 * @returns {Verdict}
 */
export function asTold(ruled, green) {
  if (!["admitted", "already", "refused"].includes(ruled.answer)) return ruled;
  if (!green) {
    return ruled.answer === "admitted" ? { ...saying("refused"), reason: "rule" } : ruled;
  }
  if (ruled.answer === "admitted") return ruled;
  return { ...ruled, answer: "admitted", reason: null, override: ruled.reason ?? ruled.answer };
}

/**
 * @param {string} answer
 * @returns {Verdict}
 */
function saying(answer) {
  return { answer, reason: null, override: null, first: null, group: null };
}
