/* Keys: the same everywhere on the page, except where a control has its own. */

/** @import { Player } from "./player.js" */

import { dropInTheMiddle, moveProbe, tellProbe, removeProbe } from "./probes.js";
import { element } from "./hint.js";
import { closeMenus, fullScreen, showKeys } from "./controls.js";
import { otherTheme } from "./colours.js";
import { onward } from "./stepping.js";

const TURN = 0.12; // radians a key press
const PAN = 0.08; // of the picture, a key press
const NUDGE = 0.02; // of the plane's extent, a key press

/**
 * @param {Player} player
 */
export function keyboard(player) {
  const { film } = player;
  const frame = 1 / film.timeline.fps;
  const reach = () => PAN * Math.min(...film.size);
  /** @type {Record<string, () => unknown>} */
  const steps = {
    ArrowRight: () => player.go(player.neighbour(1)),
    ArrowLeft: () => player.go(player.neighbour(-1)),
    PageDown: () => player.glideTo(onward(player, 1)),
    PageUp: () => player.glideTo(onward(player, -1)),
    Home: () => player.go(0),
    End: () => player.go(film.acts),
    " ": player.toggle,
    Enter: () => { player.seen = true; player.playTo(player.neighbour(1)); },
    ".": () => { player.pause(); player.seek(player.seconds + frame); },
    ",": () => { player.pause(); player.seek(player.seconds - frame); },
    "+": () => player.zoom(1.2),
    "=": () => player.zoom(1.2),
    "-": () => player.zoom(1 / 1.2),
    0: player.reset,
    w: () => player.pan(0, reach()),
    a: () => player.pan(reach(), 0),
    s: () => player.pan(0, -reach()),
    d: () => player.pan(-reach(), 0),
    p: () => dropInTheMiddle(player),
    n: () => element("weights").click(),
    t: () => otherTheme(player),
    l: () => element("link").click(),
    i: () => element("png").click(),
    f: fullScreen,
    "?": showKeys,
    Delete: () => removeProbe(player),
    Backspace: () => removeProbe(player),
    Escape: () => closeMenus() || removeProbe(player),
  };
  /** @type {Record<string, [number, number]>} */
  const turns = {
    ArrowRight: [TURN, 0], ArrowLeft: [-TURN, 0], ArrowUp: [0, -TURN], ArrowDown: [0, TURN],
  };
  document.addEventListener("keydown", (event) => {
    const { key } = event;
    const target = /** @type {HTMLElement} */ (event.target); // what has the focus, or the body
    if (event.ctrlKey || event.metaKey || event.altKey || element("keys").open) return;
    if (target.dataset.probe !== undefined && nudge(player, Number(target.dataset.probe), key)) {
      event.preventDefault();
      return;
    }
    if (ownKey(target, key)) return;
    const name = key.length === 1 ? key.toLowerCase() : key;
    if (event.shiftKey && turns[key]) player.turn(...turns[key]);
    else if (steps[name]) steps[name]();
    else return;
    event.preventDefault();
  });
}

/** Whether a control uses a key itself: a button Space and Enter, a list its arrows.
 * @param {HTMLElement} target
 * @param {string} key
 */
function ownKey(target, key) {
  const presses = key === " " || key === "Enter";
  if (target.tagName === "SELECT") return presses || key.startsWith("Arrow") || key === "Home" || key === "End";
  if (target.tagName === "INPUT") return presses && target.getAttribute("type") === "checkbox";
  if (target.tagName === "BUTTON" || target.tagName === "SUMMARY") return presses;
  return target.id === "story" && /^(Arrow(Up|Down)|Page|Home|End)/.test(key);
}

/** Move a probe by an arrow key; false for other keys.
 * @param {Player} player
 * @param {number} index
 * @param {string} key
 */
function nudge(player, index, key) {
  /** @type {Record<string, number[]>} */
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const probe = player.probes[index];
  if (!ways[key] || !probe) return false;
  const reach = NUDGE * probe.extent;
  moveProbe(player, index, probe.point.map((x, axis) => x + reach * (ways[key][axis] || 0)));
  tellProbe(player, index);
  return true;
}
