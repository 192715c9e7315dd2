// A star keeps an act on one's own list, on this phone alone; without network too.

const bar = document.getElementById("stars");
const key = `torvet.stars.${bar?.dataset.event ?? ""}`;

/** @returns {Set<string>} */
function kept() {
  try {
    return new Set((localStorage.getItem(key) ?? "").split(",").filter(Boolean));
  } catch {
    return new Set();
  }
}

/** @param {Set<string>} stars */
function keep(stars) {
  try {
    localStorage.setItem(key, [...stars].join(","));
  } catch {
    // A browser that keeps nothing: the star stands until the page is left.
  }
}

/** @type {HTMLElement[]} */
const lines = [...document.querySelectorAll("[data-slot]")].filter(
  (line) => line instanceof HTMLElement,
);
const stars = kept();
let alone = false;

function show() {
  for (const line of lines) {
    const starred = stars.has(line.dataset.slot ?? "");
    const star = line.querySelector(".star");
    if (star) {
      star.setAttribute("aria-pressed", String(starred));
      star.textContent = starred ? "★" : "☆";
    }
    line.hidden = alone && !starred;
  }
  for (const part of document.querySelectorAll(".programme-part")) {
    if (part instanceof HTMLElement) {
      part.hidden = alone && !part.querySelector("[data-slot]:not([hidden])");
    }
  }
  const here = lines.filter((line) => stars.has(line.dataset.slot ?? "")).length;
  const count = document.getElementById("star-count");
  if (count) count.textContent = `(${here})`;
  document.getElementById("only-stars")?.setAttribute("aria-pressed", String(alone));
  const none = document.getElementById("no-stars");
  if (none) none.hidden = !alone || here > 0;
  const calendar = document.getElementById("stars-calendar");
  if (calendar instanceof HTMLAnchorElement && bar?.dataset.calendar) {
    calendar.hidden = stars.size === 0;
    calendar.href = `${bar.dataset.calendar}?slots=${[...stars].join(",")}`;
  }
}

if (bar) {
  bar.hidden = false;
  for (const line of lines) {
    const star = line.querySelector(".star");
    if (!(star instanceof HTMLButtonElement)) continue;
    star.hidden = false;
    star.addEventListener("click", () => {
      const slot = line.dataset.slot ?? "";
      if (!stars.delete(slot)) stars.add(slot);
      keep(stars);
      show();
    });
  }
  document.getElementById("only-stars")?.addEventListener("click", () => {
    alone = !alone;
    show();
  });
  show();
}

export {};
