/**
 * On the page of a phone that is not paired: whatever it knew is wiped, and what still waits is
 * delivered with the token it was made with; a revoked phone's scans are kept in quarantine.
 */
import { Delivery } from "./delivery.js";
import { Link } from "./link.js";
import { dropPage } from "./shell.js";
import { Store } from "./store.js";

const AGAIN_MS = 10_000;

const store = await Store.open();
await store.wipe();
await dropPage();
void deliver();

async function deliver() {
  const owners = Object.entries((await store.get("owners")) ?? {});
  const delivery = new Delivery(store, () => {});
  for (const [device, token] of owners) {
    await delivery.deliver(new Link(token), device).catch(() => null);
  }
  if (store.waits.size > 0) setTimeout(() => void deliver(), AGAIN_MS);
  else await store.put("owners", {});
}
