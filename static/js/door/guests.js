/**
 * Letting in somebody without a ticket. Name and mail leave the phone sealed, and wait sealed.
 *
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {{name: string, mail: string, seats: number}} Guest
 */
import { randomHex } from "./bytes.js";
import { sealed } from "./seals.js";

const ID_BYTES = 16;
const PATIENCE_MS = 2500;
/** Refusals that keep nothing at the server, and how they are told. */
const KEPT_NOTHING = new Map([[403, "right"], [409, "full"], [422, "unreadable"], [429, "many"]]);

/**
 * @param {import("./phone.js").Phone} phone @param {Guest} guest
 * @returns {Promise<Answer>}
 */
export async function letIn(phone, guest) {
  const id = randomHex(ID_BYTES);
  const unanswered = { id, stored: false, verdict: "unanswered", reason: "unanswered" };
  if (phone.list === null) return unanswered;
  const item = { id, gate: phone.state.gate, at: new Date().toISOString() };
  const { delivery, store, link } = phone;
  delivery.asked.add(id);
  try {
    await keep(phone, item, guest);
    const { name, mail, seats } = guest;
    const open = { ...item, name, seats, offline: false, ...(mail ? { mail } : {}) };
    const reply = link.online ? await link.ask("walkins", open, PATIENCE_MS) : null;
    const reason = KEPT_NOTHING.get(reply?.status ?? 0);
    if (reply?.status === 200 || reason) await store.settle([id]);
    if (reply?.status === 200) return reply.body;
    if (reason) return { id, stored: false, verdict: "refused", reason, name };
    return { id, stored: true, verdict: "admitted", name, seats, offline: true };
  } finally {
    delivery.asked.delete(id);
    phone.recount();
    phone.tell({ online: link.online });
  }
}

/**
 * @param {import("./phone.js").Phone} phone
 * @param {{id: string, gate: string, at: string}} item @param {Guest} guest
 */
async function keep(phone, item, { name, mail, seats }) {
  const { sealKey } = /** @type {import("./store.js").List} */ (phone.list);
  const box = await sealed(sealKey, JSON.stringify({ name, mail, seats }));
  await phone.store.keep({
    id: item.id,
    seq: phone.nextSeq(),
    owner: phone.setup.device,
    form: "walkin",
    item: { ...item, sealed: box },
    key: null,
    time: phone.now(),
    session: "0",
    shown: "green",
    offset: phone.offset,
    before: phone.stamp,
    after: null,
  }, null);
}
