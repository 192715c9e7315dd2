/**
 * What one scan is answered, by the server or by the phone itself, and whether it lets pass.
 *
 * @typedef {{id: string, stored: boolean, verdict: string, reason?: string, override?: string,
 *            name?: string, notes?: string, seats?: number,
 *            first?: {at: string, gate: string}, offline?: boolean, network?: boolean,
 *            entered?: boolean}} Answer
 */

const GREEN = ["admitted", "exit", "annulled"];

/** Whether an answer lets pass. @param {string} answer */
export const passes = (answer) => GREEN.includes(answer);
