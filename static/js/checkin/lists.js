/** Bringing the phone's list, and what other doors saw, up to the server's. */

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./store.js").List} List
 * @typedef {import("../devices/link.js").Link} Link
 */

const text = (/** @type {unknown} */ value) => (value === null || value === undefined ? null : String(value));
const moment = (/** @type {string|number|null} */ value) =>
  typeof value === "string" ? Date.parse(value) : value;

/**
 * Fetch the list, or what changed since the one that is here; the list in use afterwards.
 * @param {Store} store @param {Link} link @param {List|null} held
 * @returns {Promise<List|null>}
 */
export async function refreshedList(store, link, held) {
  const since = held === null || held.version === 0 ? "" : `?since=${held.version}`;
  const reply = await link.ask(`roster${since}`, null, 60_000);
  if (reply === null || reply.status !== 200) return held;
  const { body } = reply;
  if (body.since === null || body.since === undefined || held === null) {
    const list = listOf(body, (held?.number ?? 0) + 1);
    list.tickets = body.entries.length;
    await store.changeList(list, body.entries);
    await store.layTyped(list.number);
    return list;
  }
  const list = { ...listOf(body, held.number), tickets: held.tickets };
  list.tickets += await store.amendList(list, body.entries);
  await store.layTyped(list.number);
  return list;
}

/**
 * @param {any} body @param {number} number
 * @returns {List}
 */
function listOf(body, number) {
  return {
    number,
    version: body.version,
    listedAt: Date.now(),
    tickets: 0,
    event: String(body.event.id),
    wipeAt: moment(body.event.wipe_at ?? null),
    publicKey: body.public_key,
    sealKey: body.seal_key,
    doors: doorsOf(body.doors),
    revoked: body.revoked.map(String),
    unhashed: body.unhashed ?? 0,
  };
}

/**
 * @param {any} doors
 * @returns {import("../devices/doors.js").Doors}
 */
function doorsOf({ entry, terms, sessions }) {
  return {
    entry,
    terms: terms.map((/** @type {any} */ own) => ({
      gate: own.gate,
      opens: moment(own.opens ?? null),
      closes: moment(own.closes ?? null),
      kinds: own.kinds ?? null,
      session: text(own.session),
    })),
    sessions: sessions.map((/** @type {any} */ { id, starts, ends, title }) => ({
      id: String(id), starts: moment(starts), ends: moment(ends), title,
    })),
  };
}

/**
 * A list that holds no ticket: before the first one has come a code can still be verified and
 * sealed, if the page brought the keys.
 * @param {import("../devices/pairings.js").Setup} setup
 * @returns {List|null}
 */
export function firstList({ event, public_key: publicKey, seal_key: sealKey }) {
  if (!publicKey || !sealKey) return null;
  const doors = doorsOf({ entry: { entries: "once", reentry: true }, terms: [], sessions: [] });
  return {
    number: 0, version: 0, listedAt: 0, tickets: 0, event: event.id, wipeAt: null,
    publicKey, sealKey, doors, revoked: [], unhashed: 0,
  };
}

/**
 * Read what other doors saw since the last time.
 * @param {Store} store @param {Link} link
 */
export async function readMoves(store, link) {
  for (let more = true; more; ) {
    const cursor = await store.get("cursor");
    const since = cursor === undefined ? "" : `?since=${cursor}`;
    const reply = await link.ask(`moves${since}`, null, 30_000);
    if (reply === null || reply.status !== 200) return;
    const { body } = reply;
    await store.addMoves(body.moves.map(moveOf), body.cursor);
    more = body.more && body.cursor !== cursor;
  }
}

/**
 * @param {any} raw
 * @returns {import("./store.js").KeptMove}
 */
function moveOf(raw) {
  const session = String(raw.session ?? 0);
  const device = String(raw.device);
  return { ...raw, device, session, time: moment(raw.time), annuls: raw.annuls ?? null };
}
