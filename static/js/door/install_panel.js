/** A hint that the page can be put on the home screen; gone where it already is. */
import { button, part } from "./parts.js";

/** @typedef {Event & {prompt: () => Promise<unknown>}} InstallEvent */

export function offerInstalling() {
  if (matchMedia("(display-mode: standalone)").matches) return;
  part("install").hidden = false;
  window.addEventListener("appinstalled", () => {
    part("install").hidden = true;
  });
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    button("install-now").hidden = false;
    part("install-how").hidden = true;
    button("install-now").onclick = () => {
      void (/** @type {InstallEvent} */ (event)).prompt();
    };
  });
}
