/** What every page gets: the error summary takes the focus, and open menus close with Escape. */

const summary =
  document.getElementById("refused") ?? document.getElementById("error-summary");
if (summary) summary.focus();

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu instanceof HTMLDetailsElement) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

/** On a phone the desk's menu starts folded; without this script it is simply open. */
const deskMenu = document.querySelector("details.desk-menu");
if (deskMenu instanceof HTMLDetailsElement && matchMedia("(max-width: 899px)").matches) {
  deskMenu.open = false;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
