/** Keeps a long form while it is written, so that a closed page or a lost visit loses nothing. */

const PAUSE = 1500;
const LIMIT = 60_000;
const kept = document.querySelector("form[data-keep]");
const note = document.getElementById("kept");
let waiting = 0;

/** @param {HTMLFormElement} form */
async function keep(form) {
  waiting = 0;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") body.append(name, value);
  }
  let saved = false;
  try {
    const answer = await fetch(String(form.dataset.keep), {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      keepalive: body.toString().length < LIMIT,
    });
    saved = answer.ok && Boolean((await answer.json()).saved);
  } catch {
    saved = false;
  }
  if (note) note.textContent = (saved ? note.dataset.saved : note.dataset.failed) ?? "";
}

if (kept instanceof HTMLFormElement) {
  kept.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(kept), PAUSE);
  });
  kept.addEventListener("submit", () => clearTimeout(waiting));
  addEventListener("pagehide", () => {
    if (waiting) keep(kept);
  });
}

export {};
