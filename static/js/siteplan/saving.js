/** Saves each move behind the page, one after the other, and says so; tries again without a network. */

/** @typedef {import("./pieces.js").Piece} Piece */

const AGAIN = 5000;

export class Saving {
  /**
   * @param {{ token: string, words: DOMStringMap, say: (words: string, trouble: boolean) => void,
   *           refused: (piece: Piece) => void }} parts
   */
  constructor(parts) {
    this.parts = parts;
    /** @type {Set<Piece>} */
    this.waiting = new Set();
    this.busy = false;
    window.addEventListener("online", () => void this.send());
    window.addEventListener("beforeunload", (event) => {
      if (this.waiting.size) event.preventDefault();
    });
  }

  /** @param {Piece} piece */
  note(piece) {
    this.waiting.add(piece);
    void this.send();
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.waiting.size) {
        for (const piece of this.waiting) await this.sendOne(piece);
      }
    } catch {
      this.parts.say(this.parts.words.failed ?? "", true);
      window.setTimeout(() => void this.send(), AGAIN);
    }
    this.busy = false;
  }

  /** @param {Piece} piece */
  async sendOne(piece) {
    const { at, known } = piece;
    const numbers = { x: at.x, y: at.y, seen_x: known.x, seen_y: known.y };
    const body = new URLSearchParams({ csrf_token: this.parts.token });
    for (const [name, number] of Object.entries(numbers)) body.set(name, String(number));
    const headers = { Accept: "application/json" };
    const answer = await fetch(piece.address, { method: "POST", body, headers });
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    // It may have been moved on while this was under way.
    if (piece.at.x === at.x && piece.at.y === at.y) this.waiting.delete(piece);
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) {
      piece.known = { ...at };
      if (!this.waiting.size) this.parts.say(this.parts.words.saved ?? "", false);
      return;
    }
    this.waiting.delete(piece);
    if (typeof told.x === "number") piece.known = { x: told.x, y: told.y };
    piece.place(piece.known);
    this.parts.refused(piece);
    this.parts.say(told.sentence ?? told.detail ?? this.parts.words.refused ?? "", true);
  }
}
