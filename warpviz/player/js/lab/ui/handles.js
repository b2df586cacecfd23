/* A matrix of two columns, taken by its basis vectors on the sheet; the bias by their foot. */

/** @import { Lens } from "../../types.js" */
/** @import { Lab } from "./room.js" */

import { say } from "../../words/say.js";
import { DRAWING, make, part } from "./made.js";
import { changedLayers } from "./network.js";

const GRIP_NUDGE = 0.05; // a press of an arrow key
const NAMES = ["e₁", "e₂", "b"];

/** Which layer's map led to the stop where a player rests, if it can be taken hold of there.
 * @param {Lab} lab
 */
function layerHere({ store, player, shown }) {
  if (!player.resting() || player.running()) return null;
  const stop = Math.round(player.step());
  const panel = shown.tree.panels[store.now.chosen];
  const origin = panel?.origin;
  const played = origin && "acts" in origin ? origin.layers[stop - 1] : null;
  if (!played?.weight || played.weight.shape[1] !== 2 || played.weight.shape[0] > 3 || played.weight.shape[0] < 2) return null;
  if (player.film.panels.length !== shown.tree.panels.length) return null;
  const k = origin && "acts" in origin ? origin.layers.slice(0, stop).filter(({ weight }) => weight).length - 1 : -1;
  // What is taken hold of may be ahead of the picture.
  const own = store.now.columns[store.now.chosen].layers[k];
  return own && own.weight.length === played.weight.shape[0] && own.weight[0].length === 2 ? k : null;
}

/** Where a place of the picture's space is seen, in film pixels, and how much larger for its nearness.
 * @param {Lens} lens
 * @param {number[]} place
 * @param {number} distance
 */
function seenAt(lens, place, distance) {
  const away = [0, 1, 2].map((axis) => (place[axis] || 0) - lens.pivot[axis]);
  const [x, y, z] = [0, 1, 2].map((row) => away.reduce((sum, value, axis) => sum + lens.turn[3 * row + axis] * value, 0));
  const grow = 1 / (1 - Math.min(Math.max(z / lens.radius, -2), 2) / distance);
  return { at: [lens.centre[0] + (x * grow - lens.middle[0]) / lens.units, lens.centre[1] - (y * grow - lens.middle[1]) / lens.units], grow };
}

/** Handles over the picture.
 * @param {Lab} lab
 * @param {number} distance of the camera, in radii of the cloud
 */
export function gripsOver(lab, distance) {
  const { store, player } = lab;
  const board = part("handles");
  const arrows = [0, 1].map(() => board.appendChild(document.createElementNS(DRAWING, "line")));
  const grips = NAMES.map((name, i) => {
    const grip = make("button", { type: "button", className: i < 2 ? "grip" : "grip foot" }, name);
    part("view").append(grip);
    return grip;
  });
  let held = -1;
  let hand = [0, 0]; // where the pointer is in the window,
  let away = [0, 0]; // how far from the tip it holds,
  let room = ""; // and where the picture was then
  const ratio = () => player.canvas.getBoundingClientRect().width / player.film.size[0];
  /** The column that a grip is, or the bias.
   * @param {number} k
   * @param {number} i
   */
  const column = (k, i) => {
    const { weight, bias } = store.now.columns[store.now.chosen].layers[k];
    return i < 2 ? weight.map((row) => row[i]) : bias.slice();
  };
  /** Where a grip's tip is in the window, with the numbers of now, whatever is drawn.
   * @param {number} k
   * @param {number} i
   * @param {Lens} lens
   */
  const spot = (k, i, lens) => {
    const foot = column(k, 2);
    const place = i === 2 ? foot : column(k, i).map((value, axis) => value + foot[axis]);
    const canvas = player.canvas.getBoundingClientRect();
    const { at, grow } = seenAt(lens, place, distance);
    return { at: at.map((value, axis) => value * ratio() + (axis ? canvas.top : canvas.left)), grow };
  };
  const roomNow = () => {
    const { left, top, width } = player.canvas.getBoundingClientRect();
    return [left, top, width].join();
  };
  /** The hand takes a tip where it is, however far beside it.
   * @param {number} i
   */
  const grasp = (i) => {
    const k = layerHere(lab);
    const lens = lab.lens(store.now.chosen);
    room = roomNow();
    if (k !== null && lens) away = spot(k, i, lens).at.map((value, axis) => hand[axis] - value);
  };
  /** @param {number} k @param {number} i @param {number[]} values */
  const set = (k, i, values) => {
    const round = (/** @type {number} */ value) => Math.round(1e4 * value) / 1e4;
    store.change(changedLayers(store.now, (layers) => layers.map((layer, at) => {
      if (at !== k) return layer;
      if (i === 2) return { ...layer, bias: values.map(round) };
      return { ...layer, weight: layer.weight.map((row, unit) => row.map((value, j) => (j === i ? round(values[unit]) : value))) };
    })), { moving: true, merge: `grip ${k} ${i}` });
  };
  /** A grip to where the hand is.
   * @param {number} i
   */
  const move = (i) => {
    const k = layerHere(lab);
    const lens = lab.lens(store.now.chosen);
    if (k === null || !lens) return;
    const { at, grow } = spot(k, i, lens);
    const [x, y] = at.map((value, axis) => (hand[axis] - away[axis] - value) / ratio() / grow);
    set(k, i, column(k, i).map((value, axis) => value + lens.units * (x * lens.turn[axis] - y * lens.turn[3 + axis])));
  };
  grips.forEach((grip, i) => {
    grip.addEventListener("pointerdown", (event) => {
      held = i;
      hand = [event.clientX, event.clientY];
      // The camera goes where the sheet is: a tip that it follows would run away from the hand.
      lab.steady(true);
      grasp(i);
      grip.setPointerCapture(event.pointerId);
      event.preventDefault();
      grip.focus();
    });
    grip.addEventListener("pointermove", (event) => {
      if (held !== i) return;
      if (room !== roomNow()) grasp(i); // the window is another: nothing jumps
      hand = [event.clientX, event.clientY];
      move(i);
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
      grip.addEventListener(name, () => {
        if (held !== i) return;
        held = -1;
        lab.steady(false);
        store.settle();
      });
    }
    grip.addEventListener("blur", store.settle);
    grip.addEventListener("keydown", (event) => {
      const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      const k = layerHere(lab);
      if (!way || k === null) return;
      event.preventDefault();
      event.stopPropagation();
      const pace = GRIP_NUDGE * (event.shiftKey ? 10 : 1);
      set(k, i, column(k, i).map((value, axis) => value + pace * (way[axis] || 0)));
    });
  });
  const show = () => {
    const k = layerHere(lab);
    const lens = lab.lens(store.now.chosen);
    // Where a layer has no value nothing is seen of its sheet.
    const seen = k !== null && lens !== null && [lens.units, ...lens.middle, ...lens.pivot].every(isFinite) && player.canvas.isConnected;
    board.toggleAttribute("hidden", !seen);
    grips.forEach((grip) => { grip.hidden = !seen; });
    if (!seen) return;
    const view = part("view").getBoundingClientRect();
    const spots = [0, 1, 2].map((i) => spot(k, i, lens).at.map((value, axis) => value - (axis ? view.top : view.left)));
    const name = say("layer {number}", { number: k + 1 });
    grips.forEach((grip, i) => {
      const [x, y] = spots[i];
      grip.style.left = `${x}px`;
      grip.style.top = `${y}px`;
      const outside = x < 0 || y < 0 || x > view.width || y > view.height;
      grip.hidden = outside && held !== i;
      const told = i < 2 ? say("where {layer} puts the unit vector {number}", { layer: name, number: i + 1 }) : say("where {layer} puts the origin", { layer: name });
      // Who speaks to it calls it by what is seen.
      grip.setAttribute("aria-label", say("{who}: {what}", { who: NAMES[i], what: told }));
      grip.title = told;
      if (i < 2) Object.entries({ x1: spots[2][0], y1: spots[2][1], x2: x, y2: y }).forEach(([key, value]) => arrows[i].setAttribute(key, String(value)));
    });
  };
  player.listen(show);
  lab.rested(show);
  show();
}
