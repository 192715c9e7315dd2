/** The bars of stall, cabinet and tap move as an applicant or another power is chosen. */

/** @typedef {[amp: number, phases: number, hose: boolean]} Need */

const THREE = 3;

/**
 * What is added to one bar.
 * @param {DOMStringMap} bar
 * @param {Need} need
 * @param {number} joined the phase that a stall with one phase is joined to
 */
function added({ feeds, phase }, [amp, phases, hose], joined) {
  if (feeds === "tap") return hose ? 1 : 0;
  if (feeds === "phase" && phases < THREE && Number(phase) !== joined) return 0;
  return amp;
}

/** @param {HTMLFormElement} form */
export function moveLoads(form) {
  const group = /** @type {HTMLElement | null} */ (form.querySelector("[data-needs]"));
  if (!group) return;
  const told = new FormData(form);
  /** @type {Record<string, Need>} */
  const needs = JSON.parse(group.dataset.needs ?? "{}");
  const need = needs[String(told.get("application"))] ?? [0, 1, false];
  const typed = String(told.get("amp") ?? "").trim();
  const amp = /^\d+$/.test(typed) ? Number(typed) : need[0];
  const joined = Math.min(Number(group.dataset.phase), Number(group.dataset.phases));
  for (const bar of /** @type {NodeListOf<HTMLElement>} */ (group.querySelectorAll(".load"))) {
    const limit = Number(bar.dataset.limit);
    const used = Number(bar.dataset.used) + added(bar.dataset, [amp, need[1], need[2]], joined);
    const percent = limit > 0 ? Math.min(100, (100 * used) / limit) : used > 0 ? 100 : 0;
    bar.querySelector(".load-value")?.setAttribute("width", String(percent));
    bar.classList.toggle("load-over", used > limit);
    const words = (bar.dataset.words ?? "").replace("{used}", String(used));
    const figure = bar.querySelector(".load-figure");
    if (figure) figure.textContent = words.replace("{limit}", String(limit));
  }
}
