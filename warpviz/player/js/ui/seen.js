/* Seen or not: a film that nobody sees is held where it is, and goes on from there. What whoever
 * watches did stays: what was paused is paused, what was played plays. */

/** @import { Player } from "./player.js" */

import { element } from "./hint.js";

const HALF = 0.5; // of the picture, from which on it is seen
const OFTEN = 200; // ms between looks at what no event tells

/** Keep `player.seen`: half of the picture is on the screen, its page is shown, no frame hidden.
 * @param {Player} player
 */
export function watch(player) {
  let part = 0; // of the picture that is on the screen
  let shown = true; // what the page around says, where one may not look at it
  let before = false;
  const look = () => {
    const there = part > 0 && shown && !document.hidden && framesAreShown();
    const seen = there && part >= HALF;
    // Who pressed a button where less than half is seen sees it as long as there is some of it.
    if (seen === before && (there || !player.seen)) return;
    before = seen;
    player.seen = seen;
    player.redraw();
    // A frame that is not seen gets no pictures, so that listeners are told now.
    player.inform();
  };
  new IntersectionObserver((entries) => {
    part = entries[entries.length - 1].intersectionRatio;
    look();
  }, { threshold: [0, HALF] }).observe(element("view"));
  document.addEventListener("visibilitychange", look);
  if (parent === window) return;
  addEventListener("message", ({ data, source }) => {
    if (source !== parent || !data || !data.warpviz || typeof data.warpviz.shown !== "boolean") return;
    shown = data.warpviz.shown;
    look();
  });
  setInterval(look, OFTEN);
}

/** Whether the frames that hold the page are neither transparent nor hidden, such as those of a
 * deck's next slide, which lies in its place already; true where they are of another origin. */
function framesAreShown() {
  try {
    for (let inner = window; inner !== inner.parent; inner = /** @type {typeof window} */ (inner.parent)) {
      const frame = inner.frameElement;
      if (!frame) return true;
      if (!frame.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
    }
  } catch { /* A parent of another origin: what it does is not for us to see. */ }
  return true;
}
