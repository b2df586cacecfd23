/* Panels beside the picture: a tab each where there is no room for all. */

import { part } from "./made.js";

const WIDE_WINDOW = 1240; // CSS pixels, from which the network has a column of its own
const CARDS = "network";
const FIRST = "learning"; // beside a network of its own

/** Wire the tabs.
 */
export function tabs() {
  const all = [.../** @type {NodeListOf<HTMLButtonElement>} */ (part("tabs").querySelectorAll("[role=tab]"))];
  const lab = part("player");
  const wide = () => innerWidth >= WIDE_WINDOW;
  /** @param {string} name @param {boolean} [focus] */
  const show = (name, focus = false) => {
    const own = wide() && name === CARDS ? FIRST : name;
    lab.dataset.tab = own;
    for (const tab of all) {
      const chosen = tab.dataset.tab === own;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen && focus) tab.focus();
      const panel = part(tab.getAttribute("aria-controls") || "");
      panel.hidden = !chosen && !(wide() && tab.dataset.tab === CARDS);
    }
  };
  for (const tab of all) {
    tab.addEventListener("click", () => show(tab.dataset.tab || CARDS));
    tab.addEventListener("keydown", (event) => {
      const shown = all.filter(({ offsetParent }) => offsetParent !== null);
      const at = shown.indexOf(tab);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      const next = shown[(to + shown.length) % shown.length];
      show(next.dataset.tab || CARDS, true);
    });
  }
  const fit = () => {
    lab.classList.toggle("wide", wide());
    // Keys go through the page as eyes do: a network beside the picture comes before it.
    const cards = part(`panel-${CARDS}`);
    const next = wide() ? lab.querySelector(".show") : part(`panel-${FIRST}`);
    if (cards.nextElementSibling !== next) lab.insertBefore(cards, next);
    show(lab.dataset.tab || CARDS);
  };
  addEventListener("resize", fit);
  fit();
  return show;
}
