/** Hides a question while the answers above it say that it is not asked; the server decides. */

/** @typedef {{op: string, q?: string, v?: unknown, of?: Condition[] | Condition}} Condition */

/**
 * What is ticked, chosen or written in the fields of that name.
 * @param {string} name
 */
function answers(name) {
  const fields = /** @type {HTMLInputElement[]} */ ([...document.getElementsByName(name)]);
  const given = fields.filter(
    (field) =>
      !field.closest("[data-ask-if][hidden]") &&
      (!["radio", "checkbox"].includes(field.type) || field.checked),
  );
  return given.map((field) => field.value).filter((value) => value.trim() !== "");
}

/**
 * True, false, or null where that is not known: then the question is not asked either.
 * @param {Condition} condition
 * @returns {boolean | null}
 */
function holds(condition) {
  const parts = condition.of === undefined ? [] : [condition.of].flat();
  if (condition.op === "any") return parts.some((part) => holds(part) === true);
  if (condition.op === "all") return parts.every((part) => holds(part) === true);
  if (condition.op === "not") return parts[0] ? holds(parts[0]) === false : null;
  const given = answers(String(condition.q));
  if (condition.op === "answered") return given.length > 0;
  if (!given.length) return null;
  const wanted = [condition.v].flat().map(String);
  if (["eq", "in", "contains"].includes(condition.op)) {
    return given.some((value) => wanted.includes(value));
  }
  return condition.op === "ne" ? !given.some((value) => wanted.includes(value)) : null;
}

function show() {
  const questions = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-ask-if]")
  );
  for (const question of questions) {
    question.hidden = holds(JSON.parse(String(question.dataset.askIf))) !== true;
  }
}

document.addEventListener("input", show);
document.addEventListener("change", show);
show();

export {};
