/**
 * What one scan is answered, by the server or by the phone itself, and whether it lets pass.
 *
 * @typedef {{id: string, stored: boolean, verdict: string, reason?: string, override?: string,
 *            name?: string, notes?: string, seats?: number, came?: number, admits?: number,
 *            first?: {at: string, gate: string}, offline?: boolean, network?: boolean,
 *            entered?: boolean, told?: boolean}} Answer of a group `came` are how many have come by
 *            now, `admits` how many of them with this scan; `told`: that was said at the door
 */

const GREEN = ["admitted", "exit", "annulled"];

/** Whether an answer lets pass. @param {string} answer */
export const passes = (answer) => GREEN.includes(answer);

/**
 * Of how many it can be asked how many came in: a group whose entry let in several at once.
 * @param {Answer} answer
 */
export function toAsk({ verdict, stored, admits, told }) {
  return verdict === "admitted" && stored && !told && admits !== undefined && admits > 1 ? admits : 0;
}
