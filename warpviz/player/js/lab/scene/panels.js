/* A panel of cloth from layers and points, as Python makes it for a film. */

/** @import { Camera, Layer, Layout, PanelTree } from "../../types.js" */
/** @import { LabSheet, Limits } from "../lab.js" */
/** @import { Directions } from "./directions.js" */
/** @import { StateView } from "./views.js" */

import { SEEING } from "../seeing.js";
import { keyframesOf, statesOf, through } from "../../chain.js";
import { pathOf } from "../../motion.js";
import { say } from "../../words/say.js";
import { cutSheet } from "../cutting/sheet.js";
import { axesNamed, captionsOf } from "./captions.js";
import { directionsOf } from "./directions.js";
import { framedCamera } from "./framing.js";
import { movingOf } from "./swing.js";
import { ledBy, thinned } from "./thinned.js";
import { viewsOf } from "./views.js";

/** @type {WeakMap<Float64Array, { room: string, chosen: number[] }>} */
const drawnBefore = new WeakMap();
const FEW = 420; // points that a picture is framed by while a hand moves

/** What a panel is made of: its layers are played as they are, see `played`.
 * @typedef {{
 *   title: string, layers: Layer[], x: Float64Array, y: Uint8Array, features: string[],
 *   limits: Limits, layout: Layout, coarse: boolean, held: Directions | null, camera: Camera | null,
 * }} Wanted a camera that stays, if any
 */

/** A panel's tree, the cut sheet and the camera's directions, to be held while a hand moves.
 * @param {Wanted} wanted
 * @returns {{ tree: PanelTree, cut: LabSheet, directions: Directions, right: number }}
 */
export function livePanel({ title, layers, x, y, features, limits, layout, coarse, held, camera }) {
  const cut = cutSheet(layers, limits, { coarse });
  const chosen = drawnOf(x, y, layout);
  const vertices = cut.vertices.length / 2;
  const dots = Float32Array.from(chosen.flatMap((i) => [x[2 * i], x[2 * i + 1]]));
  const points = new Float64Array(2 * (vertices + chosen.length));
  for (let i = 0; i < vertices; i++) {
    points[2 * i] = cut.input[i];
    points[2 * i + 1] = cut.input[vertices + i];
  }
  points.set(dots, 2 * vertices);
  const acts = layers.map((_, k) => [k, -1]);
  const plain = { layers, acts, views: [], embedding: null };
  // While a hand moves, what is drawn stands for all.
  const [all, labels] = coarse ? [Float64Array.from(dots), chosen.map((i) => y[i])] : [x, y];
  const clouds = statesOf(plain, all, labels.length);
  const seen = viewsOf(clouds, labels.length);
  const origin = { ...plain, views: seen.map(({ view }) => view) };
  const keyframes = keyframesOf(origin, points, points.length / 2);
  const moving = movingOf(layers, seen, keyframes);
  const swings = moving.map(({ swing }) => swing);
  const space = clouds.map(({ width }) => width > 2);
  const rows = ledBy(cut.sheet.corners, cut.vertices, vertices, points.length / 2, limits);
  const known = held && held.tilt.length === keyframes.length ? held : null;
  const path = pathOf(keyframes, swings);
  const directions = known || directionsOf(some(path, rows.led, coarse), space, moving.map(({ reversed }) => reversed));
  const words = captionsOf(layers, features);
  const right = scoreOf(coarse ? through(layers, { values: x, width: 2 }, y.length) : clouds[clouds.length - 1], y);
  const stops = words.stops.map((stop, k) => `${stop}${seenWords(seen[k])}`);
  if (right < SEEING.LEARNT) stops[stops.length - 1] += ` · ${say("{share} right", { share: `${rounded(100 * right)} %` })}`;
  return {
    cut, directions, right,
    tree: {
      title, stops, acts: words.acts, notes: [], remarks: [], formulas: words.formulas,
      axes: seen.map(({ principal }, k) => axesNamed(principal ? "" : words.letters[k], clouds[k].width)),
      own_axes: features.length === 2 ? features.map((name) => /** @type {[string, number, number]} */ ([name, 0, 1])) : [],
      planar: seen.map(({ principal }, k) => !space[k] && !principal),
      widths: clouds.map(({ width }) => width),
      layout, camera: camera ? { ...camera, safe: layout.safe, still: true } : framedCamera(some(path, rows.framed, coarse), directions, layout.safe), swings,
      sheet: cut.sheet, creases: cut.creases, labels: Uint8Array.from(chosen, (i) => y[i]),
      bases: [], network: null, features: 2, origin,
      input: cut.input, dots: Object.assign(dots, { shape: [chosen.length, 2] }), keyframes: null, known: keyframes,
    },
  };
}

/** The dots that are drawn of points, kept as long as neither these nor their room change.
 * @param {Float64Array} x
 * @param {Uint8Array} y
 * @param {Layout} layout
 */
function drawnOf(x, y, { safe, unit, ...rest }) {
  const room = [safe.x0, safe.x1, safe.y0, safe.y1, unit].join();
  const known = drawnBefore.get(x);
  if (known && known.room === room) return known.chosen;
  const chosen = thinned(x, y, { safe, unit, ...rest });
  drawnBefore.set(x, { room, chosen });
  return chosen;
}

/** The path of some of its points; of few of them while a hand moves.
 * @param {import("../../types.js").Path} path
 * @param {number[]} rows
 * @param {boolean} coarse
 */
function some({ keyframes, swings, rests }, rows, coarse) {
  const step = coarse ? Math.max(Math.floor(rows.length / FEW), 1) : 1;
  const kept = rows.filter((_, i) => i % step === 0);
  /** @template {Float64Array | null} T @param {T} points @returns {T} */
  const of = (points) => {
    if (!points) return points;
    const out = new Float64Array(3 * kept.length);
    kept.forEach((row, i) => { for (let axis = 0; axis < 3; axis++) out[3 * i + axis] = points[3 * row + axis]; });
    return /** @type {T} */ (out);
  };
  return { keyframes: keyframes.map(of), swings, rests: rests.map(of), points: new Float64Array(3 * kept.length) };
}

/** The share of points that the last state tells right.
 * @param {import("../../types.js").State} state
 * @param {ArrayLike<number>} labels
 */
function scoreOf({ values, width }, labels) {
  let right = 0;
  Array.prototype.forEach.call(labels, (label, row) => {
    let best = 0;
    for (let c = 1; c < width; c++) if (values[row * width + c] > values[row * width + best]) best = c;
    if (best === label) right += 1;
  });
  return labels.length ? right / labels.length : 1;
}

/** A share for people: never more than it is.
 * @param {number} percent
 */
const rounded = (percent) => (Math.floor(10 * percent + 1e-9) / 10).toFixed(1);

/** How much of a state is seen, "" where it is all of it.
 * @param {StateView} seen
 */
function seenWords({ principal, variance }) {
  if (!principal || variance > 1 - 1e-12) return "";
  return ` ${say("({share} seen)", { share: `${Math.floor(100 * variance + 1e-9)} %` })}`;
}
