/**
 * What recording needs of the phone at its gate: who it is, its list, its line and its clock. The
 * phone of the door is one.
 *
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./store.js").List} List
 * @typedef {{
 *   setup: {device: string}, gate: string, list: List|null, listHere: () => List|null,
 *   store: import("./store.js").Store, link: import("../devices/link.js").Link,
 *   delivery: import("./delivery.js").Delivery, names: import("./names.js").Names,
 *   heartbeat: {soon: (wait: number) => void}, offset: number, stamp: string|null,
 *   lastWalkIn: {id: string, gate: string, at: string, sealed: string}|null,
 *   now: () => number, nextSeq: () => number, recount: () => void,
 *   tell: (change: {online?: boolean, correction?: Answer}) => void,
 * }} PhoneAtGate
 */

export {};
