/** Keeps the lead's page up to date: asks for its changing part again, while somebody looks. */

const live = document.getElementById("live");
const state = document.getElementById("live-state");
const button = document.getElementById("live-switch");
const every = Number(live?.dataset.every) * 1000;

let following = true;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let waiting;

/** @param {string} sentence */
function say(sentence) {
  if (state && state.textContent !== sentence) state.textContent = sentence;
}

/** The fresh part in place of the old one; what was folded out stays so, and the focus stays. */
/** @param {string} html */
function show(html) {
  if (!live) return;
  const open = [...live.querySelectorAll("details")].map((one) => one.open);
  const focused = live.contains(document.activeElement)
    ? [...live.querySelectorAll("a, summary, [tabindex]")].findIndex((one) => one === document.activeElement)
    : -1;
  live.innerHTML = html;
  live.querySelectorAll("details").forEach((one, place) => {
    one.open = open[place] ?? false;
  });
  const again = live.querySelectorAll("a, summary, [tabindex]")[focused];
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

async function ask() {
  const answer = await fetch(live?.dataset.address ?? "", { headers: { Accept: "application/json" } });
  if (answer.redirected || answer.status === 401 || answer.status === 403) {
    follow(false);
    say(state?.dataset.ended ?? "");
    return;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  show((await answer.json()).html);
  say("");
}

async function turn() {
  clearTimeout(waiting);
  if (!following || document.hidden) return;
  try {
    await ask();
  } catch {
    say(state?.dataset.lost ?? "");
  }
  clearTimeout(waiting);
  if (following && !document.hidden) waiting = setTimeout(turn, every);
}

/** @param {boolean} on */
function follow(on) {
  following = on;
  clearTimeout(waiting);
  if (button) button.textContent = (on ? button.dataset.on : button.dataset.off) ?? "";
}

if (live && button && every > 0) {
  button.hidden = false;
  button.addEventListener("click", () => {
    follow(!following);
    if (following) void turn();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(waiting);
    else void turn();
  });
  waiting = setTimeout(turn, every);
}
