// The phone's counts, scans and names against a small server and store; the test looks at what came.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [scripts] = process.argv.slice(2);
const part = (name) => import(pathToFileURL(join(scripts, name)).href);
const { TallyCounter } = await part("crowd/tally.js");
const { Delivery } = await part("checkin/delivery.js");
const { Link } = await part("devices/link.js");
const { Names } = await part("checkin/names.js");
const { notePairing, pairingsOf } = await part("devices/pairings.js");
const { downloadInTurn } = await part("door/file_download.js");
const { sendWaiting } = await part("door/sending.js");
const { unsentFiles } = await part("checkin/unsent_files.js");
const { toBase64url } = await part("devices/bytes.js");

const QUARTER = 900_000;
const HOUR = 4 * QUARTER;
const NOON = Date.parse("2026-03-28T12:00:00Z");
const GATE = "A";
const SETUP = { device: "2", token: "now", event: { id: "20" } };
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** What is kept survives the page: copies go in and out. */
class Disk {
  waits = new Set();
  kept = new Map();
  list = [];
  async get(name) {
    await pause();
    return structuredClone(this.kept.get(name));
  }
  async put(name, value) {
    const copy = structuredClone(value);
    await pause();
    this.kept.set(name, copy);
  }
  async forget(name) {
    this.kept.delete(name);
  }
  async waiting() {
    return structuredClone(this.list);
  }
  async settle(ids) {
    this.list = this.list.filter((one) => !ids.includes(one.id));
  }
}

/** Merges totals by maximum, as the server does; may lose an answer or know a token no longer. */
class Server {
  stood = {};
  calls = [];
  refuses = {};
  loses = () => false;
  crowd = { inside: 0, low: 0, high: 0, limit: null, alarm: false, of: "counted" };
  constructor() {
    globalThis.fetch = (address, asked) => this.answer(address.split("/").at(-1), asked);
  }
  async answer(path, { headers, body: text }) {
    await pause();
    const token = headers.Authorization.slice("Bearer ".length);
    const body = JSON.parse(text);
    this.calls.push({ path, token, ...body });
    const refused = this.refuses[token];
    if (refused) return new Response("{}", typed("application/problem+json", refused));
    const answer = path === "scans" ? this.taken(body) : this.counted(token, body);
    if (this.loses(body)) throw new TypeError("the answer is lost");
    return new Response(JSON.stringify(answer), typed("application/json", 200));
  }
  taken({ scans, id }) {
    const all = scans ?? [{ id }];
    return { results: all.map((one) => ({ id: one.id, stored: true, verdict: "admitted" })) };
  }
  counted(token, { id, device, gate, in: entered, out: left }) {
    if (id !== undefined) return { id, stored: true, verdict: "admitted" };
    const before = this.stood[`${token} ${gate}`] ?? [0, 0];
    const now = [Math.max(before[0], entered), Math.max(before[1], left)];
    this.stood[`${token} ${gate}`] = now;
    return { ...this.crowd, device, gate, in: now[0], out: now[1] };
  }
  get told() {
    return this.calls.map((one) => [one.token, one.in, one.out, one.at.slice(11, 16)]);
  }
}
const typed = (type, status) => ({ status, headers: { "Content-Type": type } });

let now = NOON;
async function counter(disk, token = "now", device = "2") {
  const own = token === null ? null : new Link(token);
  const made = new TallyCounter(disk, own, device, () => now);
  await made.open();
  return made;
}

function waiting(id, owner, form, gate) {
  const item = { id, gate, at: "2026-03-28T12:00:00.000Z", sealed: "-" };
  const clock = { offset: 1500, before: "earlier", after: null };
  return { id, owner, form, item, seq: Number(id), time: NOON, shown: "green", ...clock };
}

async function twoSendsAtOnce() {
  const [server, disk] = [new Server(), new Disk()];
  server.stood["now A"] = [100, 0];
  const tally = await counter(disk);
  await tally.add(GATE, 1, 0);
  let meanwhile = null;
  server.loses = (body) => {
    if (body.in === 101) meanwhile ??= tally.add(GATE, 1, 0).then(() => tally.send());
    return false;
  };
  await Promise.all([tally.send(), tally.send()]);
  await meanwhile;
  return [server.stood["now A"], tally.unsent];
}

async function anAnswerLost() {
  const [server, disk] = [new Server(), new Disk()];
  const tally = await counter(disk);
  await tally.add(GATE, 5, 0);
  server.loses = (body) => body.in > 0;
  await tally.send();
  server.loses = () => false;
  const again = await counter(disk);
  await again.send();
  return [server.stood["now A"], again.shown(GATE).entered];
}

async function countsOfAnEarlierPairing() {
  const [server, disk] = [new Server(), new Disk()];
  await disk.put("owners", { 1: "before", 3: "gone", 2: "now" });
  for (const [token, device] of [["gone", "3"], ["before", "1"], ["now", "2"]]) {
    await (await counter(disk, token, device)).add(GATE, 4, 0);
  }
  server.refuses = { gone: 401 };
  server.crowd.inside = 7;
  const delivery = new Delivery(disk, () => {});
  const tally = await counter(disk, null, "");
  await sendWaiting(delivery, null, "");
  const held = Object.keys(await pairingsOf(disk)).sort();
  await tally.send();
  const heard = tally.crowd;
  await tally.send();
  await sendWaiting(delivery, null, "");
  const { stood, told } = server;
  return { held, stood, told, heard, after: Object.keys(await pairingsOf(disk)) };
}

async function quartersOffline() {
  const [server, disk] = [new Server(), new Disk()];
  server.stood["now A"] = [10, 0];
  let tally = await counter(disk);
  for (const [at, entered, left] of [[0, 1, 0], [60_000, 1, 0], [QUARTER, 0, 1], [HOUR, 3, 0]]) {
    now = NOON + at;
    await tally.add(GATE, entered, left);
  }
  now = NOON + 2 * HOUR;
  tally = await counter(disk);
  server.loses = (body) => body.in === 12 && body.out === 1;
  await tally.send();
  server.loses = () => false;
  await tally.send();
  const offline = server.told.map(([, ...rest]) => rest);
  server.calls = [];
  for (let at = 0; at < 60 * HOUR; at += QUARTER) {
    now = NOON + 3 * HOUR + at;
    await tally.add(GATE, 1, 0);
  }
  const kept = Object.values(await disk.get("tally"))[0].readings.length;
  await tally.send();
  const { length } = server.calls;
  now = NOON;
  return { offline, kept, sent: length, stood: server.stood["now A"] };
}

async function alarms() {
  new Server();
  const tally = await counter(new Disk());
  await tally.hear(undefined);
  const rings = [tally.shown(GATE).alarm];
  for (const crowd of [
    { high: 90, alarm: true, limit: 100, alarm_at: 90 },
    { high: 88, alarm: false, limit: 100, alarm_at: 90 },
    { high: 88, alarm: false, limit: 100 },
    { high: 88, alarm: false },
  ]) {
    await tally.hear({ inside: 80, low: 70, of: "counted", ...crowd });
    rings.push(tally.shown(GATE).alarm);
    await tally.add(GATE, 0, 1);
    rings.push(tally.shown(GATE).alarm);
    await tally.add(GATE, 3, 0);
    rings.push(tally.shown(GATE).alarm);
    await tally.add(GATE, 0, 2);
  }
  return rings;
}

async function filesOfEachPairing() {
  const [server, disk] = [new Server(), new Disk()];
  disk.kept.set("phone", { device: "1", event: "10", gate: "North" });
  disk.kept.set("owners", { 1: "before" });
  await notePairing(disk, SETUP);
  disk.kept.delete("phone");
  disk.list = [
    waiting("1", "1", "scan", "North"), waiting("2", "2", "scan", "South"),
    waiting("3", "1", "walkin", "North"),
  ];
  const here = { device: "2", event: "20", gate: "Main" };
  const made = await unsentFiles(disk, here);
  const files = await Promise.all(made.map(async ({ gate, content }) => {
    const { event, device, scans, walkins } = JSON.parse(await content.text());
    return [gate, event, device, scans.map((one) => one.id), walkins.map((one) => one.id)];
  }));
  server.refuses = { before: 401 };
  const delivery = new Delivery(disk, () => {});
  await sendWaiting(delivery, new Link("now"), "2");
  const stays = disk.list.map((one) => one.id);
  server.refuses = {};
  await sendWaiting(delivery, new Link("now"), "2");
  const walkIn = server.calls.find((one) => one.path === "walkins" && one.token === "before" && one.clock);
  return { files, stays, left: disk.list, clock: walkIn?.clock };
}

async function filesOneByOne() {
  const names = [];
  const click = function () {
    names.push(this.download.replace(/[0-9]{12}/, "now"));
  };
  globalThis.document = { createElement: () => ({ click }) };
  const words = { say: (name, { n, all } = {}) => [name, n, all].filter(Boolean).join(" ") };
  const [told, content] = [[], new Blob(["{}"])];
  const press = async (files, times) => {
    const save = downloadInTurn(async () => files, words, (text) => told.push(text));
    for (let time = 0; time < times; time += 1) await save();
  };
  const files = ["Nord / 1", "B"].map((gate) => ({ gate, content }));
  await press(files, 3);
  await press(files.slice(1), 1);
  await press([], 1);
  return { names, told };
}

async function namesThatExpire() {
  const names = new Names(new Disk(), () => now);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const box = await sealed("word", salt, [["Bo Lund", "short", "key", 1, "", "valid"]]);
  const expires = new Date(NOON + HOUR).toISOString();
  await names.keep({ salt: toBase64url(salt), rounds: 10, box, expires }, expires, 1);
  const opened = await names.unlock("word");
  const { store } = names;
  const other = new Names(store, () => now);
  await other.unlock("word");
  const told = () => [other.bearer("short")?.name ?? null, names.search("bo")?.length ?? null];
  const before = told();
  const closed = new Names(store, () => now);
  now = NOON + HOUR + 1;
  const word = [await closed.standing(), await store.get("names") !== undefined];
  await store.put("names", { salt: "", expires });
  const after = told();
  await pause();
  const kept = await store.get("names") !== undefined;
  now = NOON;
  return { opened, before, after, word, kept };
}

async function sealed(word, salt, rows) {
  const text = new TextEncoder();
  const from = await crypto.subtle.importKey("raw", text.encode(word), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: 10 };
  const aes = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.deriveKey(how, from, aes, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = text.encode(JSON.stringify(rows));
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  return toBase64url(new Uint8Array([...iv, ...new Uint8Array(box)]));
}

const all = {
  twoSendsAtOnce, anAnswerLost, countsOfAnEarlierPairing, quartersOffline, alarms,
  filesOfEachPairing, filesOneByOne, namesThatExpire,
};
const answers = {};
for (const [name, scene] of Object.entries(all)) {
  answers[name] = await scene().catch((error) => String(error));
}
process.stdout.write(JSON.stringify(answers));
