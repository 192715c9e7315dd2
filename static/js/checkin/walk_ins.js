/**
 * Letting in somebody without a ticket. Name and mail leave the phone encrypted, and wait so.
 *
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {{name: string, mail: string, seats: number}} WalkIn
 * @typedef {{name?: string|null, state: string, address?: boolean}} Alike `name` where the phone may
 *            hear it, `address`: under the address that was typed
 */
import { randomHex } from "../devices/bytes.js";
import { encryptedTo } from "../devices/crypto.js";

const ID_BYTES = 16;
const PATIENCE_MS = 2500;
const LOOK_MS = 50;
/** Refusals that keep nothing at the server, and how they are told. */
const KEPT_NOTHING = new Map([[403, "right"], [409, "full"], [422, "unreadable"], [429, "many"]]);

/**
 * Who is on the list already under that address or nearly that name: as the server says, else by the
 * names on this phone where the lead has unlocked them, which hold no address.
 * @param {import("./phone_at_gate.js").PhoneAtGate} phone @param {WalkIn} walkIn
 * @returns {Promise<Alike[]>}
 */
export async function alikeTo(phone, { name, mail }) {
  if (phone.link.online) {
    const reply = await phone.link.ask("alike", { name, mail }, PATIENCE_MS);
    if (reply?.status === 200) return reply.body.people;
  }
  return phone.names.alike(name);
}

/**
 * @param {import("./phone_at_gate.js").PhoneAtGate} phone @param {WalkIn} walkIn
 * @returns {Promise<Answer>}
 */
export async function admitWalkIn(phone, walkIn) {
  const id = randomHex(ID_BYTES);
  // The first list brings the key; the page is there a moment before it.
  const list = await listOf(phone);
  if (list === null) return unanswered(id);
  const item = { id, gate: phone.gate, at: new Date().toISOString() };
  const { name, mail, seats } = walkIn;
  const sealed = await encryptedTo(list.sealKey, JSON.stringify({ name, mail, seats }));
  const who = { name, seats, ...(mail ? { mail } : {}) };
  phone.lastWalkIn = { ...item, sealed };
  return keptAndAsked(phone, id, phone.lastWalkIn, async (link) => {
    const reply = await link.ask("walkins", { ...item, ...who, offline: false }, PATIENCE_MS);
    const reason = KEPT_NOTHING.get(reply?.status ?? 0);
    if (reason) return { id, stored: false, verdict: "refused", reason, name };
    return reply?.status === 200 ? reply.body : null;
  }, { id, stored: true, verdict: "admitted", name, seats, offline: true });
}

/**
 * Take the last one back: the same walk-in again, with the scan that annuls it. It waits beside
 * the walk-in itself, which is delivered first.
 * @param {import("./phone_at_gate.js").PhoneAtGate} phone
 * @returns {Promise<Answer>}
 */
export async function takeBackWalkIn(phone) {
  const id = randomHex(ID_BYTES);
  const { lastWalkIn } = phone;
  if (lastWalkIn === null || phone.list === null) return unanswered(id);
  phone.lastWalkIn = null;
  const item = { ...lastWalkIn, undone: { id, at: new Date().toISOString() } };
  return keptAndAsked(phone, id, item, async (link) => {
    // While the walk-in itself waits, both go the same way, one after the other.
    if (phone.store.waits.has(lastWalkIn.id)) return null;
    const reply = await link.ask("walkins", { ...item, offline: true }, PATIENCE_MS);
    return reply?.status === 200 ? { ...reply.body, id } : null;
  }, { id, stored: true, verdict: "annulled", offline: true });
}

/**
 * The list, waited for while the first one is on its way; null where it does not come.
 * @param {import("./phone_at_gate.js").PhoneAtGate} phone
 */
async function listOf(phone) {
  const until = Date.now() + PATIENCE_MS;
  while (phone.list === null && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return phone.list;
}

/**
 * Keep what happened, then ask the server; what it has answered waits no longer.
 * @param {import("./phone_at_gate.js").PhoneAtGate} phone @param {string} id @param {Record<string, any>} item
 * @param {(link: import("../devices/link.js").Link) => Promise<Answer|null>} asking @param {Answer} alone
 * @returns {Promise<Answer>}
 */
async function keptAndAsked(phone, id, item, asking, alone) {
  const { delivery, store, link } = phone;
  delivery.asked.add(id);
  try {
    await keep(phone, id, item);
    const answer = link.online ? await asking(link) : null;
    if (answer) await store.settle([id]);
    return answer ?? alone;
  } finally {
    delivery.asked.delete(id);
    phone.recount();
    phone.tell({ online: link.online });
  }
}

/**
 * @param {import("./phone_at_gate.js").PhoneAtGate} phone @param {string} id @param {Record<string, any>} item
 */
async function keep(phone, id, item) {
  await phone.store.keep({
    id,
    seq: phone.nextSeq(),
    owner: phone.setup.device,
    form: "walkin",
    item,
    time: phone.now(),
    session: "0",
    shown: "green",
    offset: phone.offset,
    before: phone.stamp,
    after: null,
  }, null);
}

/** @param {string} id @returns {Answer} */
function unanswered(id) {
  return { id, stored: false, verdict: "unanswered", reason: "unanswered" };
}
