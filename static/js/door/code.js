/** What was scanned or typed, as the server takes it. */

/**
 * The code behind /T/ where an address was scanned, else the text without blanks.
 * @param {string} text
 */
export function plainCode(text) {
  const trimmed = text.trim();
  const mark = trimmed.toUpperCase().lastIndexOf("/T/");
  return mark >= 0 ? trimmed.slice(mark + 3) : trimmed;
}
