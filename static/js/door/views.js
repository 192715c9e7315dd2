/** One panel at a time, chosen by the address's mark: so Back works, also without network. */
import { part } from "./parts.js";

/** Panels that lie below another one. */
const BELOW = /** @type {Record<string, string>} */ ({ preflight: "more", unpair: "more" });

export class Views {
  /** @type {((view: string) => void)[]} */
  #watchers = [];
  #views = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".door-view")]);
  #tabs = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".door-tab")]);
  here = "";

  constructor() {
    for (const element of document.querySelectorAll("[data-script]")) {
      /** @type {HTMLElement} */ (element).hidden = false;
    }
    part("tabs").hidden = false;
    window.addEventListener("hashchange", () => this.#follow(true));
    this.#follow(false);
    document.body.dataset.ready = "yes";
  }

  /** @param {(view: string) => void} watcher */
  watch(watcher) {
    this.#watchers.push(watcher);
    watcher(this.here);
  }

  /** @param {string} view */
  open(view) {
    window.location.hash = view;
  }

  /** @param {boolean} moved whether somebody chose it, so that the focus goes along */
  #follow(moved) {
    const name = window.location.hash.slice(1);
    const known = this.#views.some((view) => view.id === `view-${name}`);
    if (!known && this.here !== "") return;
    this.here = known ? name : this.#views[0].id.slice("view-".length);
    for (const view of this.#views) view.hidden = view.id !== `view-${this.here}`;
    for (const tab of this.#tabs) this.#mark(tab);
    if (moved) {
      part("content").scrollTop = 0;
      document.getElementById(`${this.here}-heading`)?.focus({ preventScroll: true });
    }
    for (const watcher of this.#watchers) watcher(this.here);
  }

  /** @param {HTMLAnchorElement} tab */
  #mark(tab) {
    const mine = tab.hash.slice(1) === (BELOW[this.here] ?? this.here);
    if (mine) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}
