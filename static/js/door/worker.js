/**
 * The service worker: keeps the scanner's page and all it is built of, so that it opens without
 * network. The server writes `shell` before this text: which files, under which version.
 */

/** @typedef {{version: string, prefix: string, files: string[]}} Shell */

const scope = /** @type {ServiceWorkerGlobalScope & {shell: Shell}} */ (
  /** @type {unknown} */ (globalThis)
);
const { shell } = scope;
const CACHE = `door-${shell.version}`;
const PAGE = "/door/";
/** How long the network may take before the page that is kept is shown. */
const NETWORK_MS = 700;

scope.addEventListener("install", (event) => {
  event.waitUntil(kept());
  void scope.skipWaiting();
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(takenOver());
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== scope.location.origin) return;
  if (request.mode === "navigate" && address.pathname === PAGE) event.respondWith(page(event));
  else if (address.pathname.startsWith(shell.prefix)) event.respondWith(file(request));
});

async function kept() {
  const cache = await caches.open(CACHE);
  await cache.addAll(shell.files.map((name) => shell.prefix + name));
  await keep(await fetch(PAGE, { credentials: "same-origin" }));
}

async function takenOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("door-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/**
 * Keep the page only if it is built of the files that are kept: after a new release the next
 * worker fetches both.
 * @param {Response} response
 */
async function keep(response) {
  if (!response.ok || response.redirected) return response;
  const text = await response.clone().text();
  if (text.includes(shell.prefix)) await (await caches.open(CACHE)).put(PAGE, response.clone());
  return response;
}

/**
 * The page from the network where it answers soundly and soon, else as it was last seen.
 * @param {FetchEvent} event
 */
async function page(event) {
  const coming = fetch(event.request).then(keep);
  event.waitUntil(coming.catch(() => null));
  const last = await (await caches.open(CACHE)).match(PAGE, { ignoreVary: true });
  if (!last) return coming;
  const sound = coming.then((response) => (response.status < 500 ? response : last));
  const late = new Promise((resolve) => setTimeout(() => resolve(last), NETWORK_MS));
  return /** @type {Promise<Response>} */ (Promise.race([sound.catch(() => last), late]));
}

/** @param {Request} request */
async function file(request) {
  const cache = await caches.open(CACHE);
  const held = await cache.match(request, { ignoreVary: true });
  if (held) return held;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}
