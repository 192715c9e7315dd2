/** Lets a long list of tick boxes be searched by any word of its labels. */

/** @param {string} text */
function plain(text) {
  return text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

/** @param {HTMLElement} part */
function search(part) {
  const frame = /** @type {HTMLElement} */ (part.querySelector(".ticks-search"));
  const input = /** @type {HTMLInputElement} */ (frame.querySelector("input"));
  const note = /** @type {HTMLElement} */ (frame.querySelector("[role=status]"));
  const rows = [...part.querySelectorAll(".choices > *")].map((row) => {
    const box = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    return { row, box, words: plain(`${row.textContent} ${box.dataset.words ?? ""}`) };
  });

  function show() {
    const asked = plain(input.value.trim());
    let many = 0;
    for (const { row, box, words } of rows) {
      const matches = words.includes(asked);
      if (matches) many += 1;
      row.toggleAttribute("hidden", !matches && !box.checked);
    }
    const said = many ? note.dataset.found?.replace("#", String(many)) : note.dataset.nothing;
    note.textContent = asked ? (said ?? "") : "";
  }

  part.querySelector(".choices")?.before(frame);
  frame.hidden = false;
  input.addEventListener("input", (event) => {
    // What is looked for is no part of the form, which keeps itself.
    event.stopPropagation();
    show();
  });
  input.addEventListener("keydown", (event) => {
    // Here it looks for a word; it must not send the whole form.
    if (event.key === "Enter") event.preventDefault();
  });
}

for (const part of document.querySelectorAll("[data-searched]")) {
  if (part instanceof HTMLElement) search(part);
}

export {};
