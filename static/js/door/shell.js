/** The page itself without network: the service worker, and what it holds. */

const WORKER = "/sw.js";
/** The caches of the service worker begin so. */
const CACHES = "door-";
const PAGE = "/door/";

/** Let the service worker keep the page from now on. */
export async function install() {
  await navigator.serviceWorker?.register(WORKER, { scope: PAGE }).catch(() => null);
}

/** Whether the page would open without network. */
export async function isKept() {
  if (!navigator.serviceWorker?.controller) return false;
  return (await caches.match(PAGE, { ignoreVary: true })) !== undefined;
}

/** Whether the browser has promised not to throw our store away; null where it never promises. */
export async function isPersistent() {
  return (await navigator.storage?.persisted?.()) ?? null;
}

/** Ask for that promise. Some browsers ask in turn, and answer when they were answered. */
export async function askToPersist() {
  return (await navigator.storage?.persist?.()) ?? false;
}

/** Forget the page, which carries this phone's token. */
export async function dropPage() {
  if (!("caches" in globalThis)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(CACHES));
  for (const name of names) await (await caches.open(name)).delete(PAGE, { ignoreVary: true });
}
