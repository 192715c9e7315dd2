// The plan's click-to-place: a stall opens in the panel beside the plan without leaving the page.
// Without this script the same links load the page with the panel open.

import { moveLoads } from "./moving_loads.js";

/** @param {string} stall */
function markChosen(stall) {
  for (const link of document.querySelectorAll(".plan-drawing a[data-stall]")) {
    const chosen = link.getAttribute("data-stall") === stall;
    if (chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    link.querySelector(".stall")?.classList.toggle("stall-selected", chosen);
  }
}

/** @param {string} address */
async function showPanel(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("stall-panel");
  const shown = document.getElementById("stall-panel");
  if (!fresh || !shown) throw new Error("panel");
  shown.replaceWith(fresh);
  fresh.focus({ preventScroll: true });
  fresh.scrollIntoView({ block: "nearest" });
}

/** @param {string} address */
async function open(address) {
  try {
    await showPanel(address);
    markChosen(new URL(address).searchParams.get("stall") ?? "");
  } catch {
    window.location.assign(address);
  }
}

document.addEventListener("click", (event) => {
  if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[data-stall]") : null;
  const href = link?.getAttribute("href");
  if (!href) return;
  event.preventDefault();
  const address = new URL(href, window.location.href).href;
  window.history.pushState({}, "", address);
  void open(address);
});

document.addEventListener("input", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  if (form) moveLoads(form);
});

window.addEventListener("popstate", () => void open(window.location.href));
