// Shows how far the printings are without reloading; without this script a link does the same.

const EVERY = 1000;
const SLOWEST = 15000;

/**
 * Put the fresh part of the page in the place of the shown one, and keep the focus where it was.
 * @param {Document} page
 * @param {string} id
 */
function replacePart(page, id) {
  const fresh = page.getElementById(id);
  const shown = document.getElementById(id);
  if (!fresh || !shown || fresh.isEqualNode(shown)) return;
  const held = shown.contains(document.activeElement) ? focusName(document.activeElement) : "";
  shown.toggleAttribute("data-unfinished", fresh.hasAttribute("data-unfinished"));
  shown.replaceChildren(...fresh.childNodes);
  if (held) /** @type {HTMLElement | null} */ (shown.querySelector(held))?.focus();
}

/** @param {Element | null} element */
function focusName(element) {
  const address = element?.closest("form")?.getAttribute("action");
  return address ? `form[action="${CSS.escape(address)}"] button` : "";
}

/**
 * A status is read out when its words change, so it changes only then.
 * @param {Document} page
 */
function replaceStatus(page) {
  const fresh = page.getElementById("printing-status")?.textContent?.trim() ?? "";
  const shown = document.getElementById("printing-status");
  if (shown && shown.textContent?.trim() !== fresh) shown.textContent = fresh;
}

async function look() {
  const answer = await fetch(window.location.pathname, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  replacePart(page, "printings");
  replaceStatus(page);
  hidePlain();
}

function hidePlain() {
  for (const one of document.querySelectorAll("[data-plain]")) one.toggleAttribute("hidden", true);
}

const underWay = () => document.getElementById("printings")?.hasAttribute("data-unfinished");

/** @param {number} pause */
function watch(pause) {
  if (!underWay()) return;
  setTimeout(async () => {
    try {
      if (!document.hidden) await look();
      watch(EVERY);
    } catch {
      watch(Math.min(pause * 2, SLOWEST));
    }
  }, pause);
}

hidePlain();
watch(EVERY);
