/** Sending all that waits, whoever this phone was when it was made. */
import { COUNTERS, unsentOf } from "../crowd/counters.js";
import { keepPairings } from "../devices/pairings.js";

/**
 * Deliver the scans; who has nothing left to send, counts neither, needs no token any more.
 * @param {import("../checkin/delivery.js").Delivery} delivery
 * @param {import("../devices/link.js").Link|null} own this phone's; null where it is not paired
 * @param {string} device that is paired now, if any
 */
export async function sendWaiting(delivery, own, device) {
  await delivery.deliver(own, device);
  const { store } = delivery;
  const needed = new Set((await store.waiting()).map((waiting) => waiting.owner)).add(device);
  for (const counting of unsentOf((await store.get(COUNTERS)) ?? {})) needed.add(counting);
  await keepPairings(store, needed);
}
