/* One panel of cloth: made ready once, and its cells, lines and dots at a moment. */

/** @import { Crease, Panel, PanelTree, Pose, Quantised, Segments, Shaped, Sheet, Surface, Theme } from "./types.js" */
/** @import { Summary } from "./api.js" */

import { NUMBERS } from "./given.js";
import { Trouble } from "./payload.js";
import { keyframesOf, onSheet } from "./chain.js";
import { keyframesFrom } from "./keyframes.js";
import { pathOf } from "./motion.js";
import { paintLines } from "./raster/lines.js";
import { basesOf } from "./marks/basis.js";
import { paintDots } from "./raster/dots.js";
import { weaveOf, clothValues, paintCells } from "./raster/cloth.js";
import { tints } from "./tint.js";

const { LIT } = NUMBERS;
const INKS = /** @type {Record<string, number>} */ (NUMBERS.INKS);
const CROWD = /** @type {number} */ (NUMBERS.CROWD);
const WIDTHS = /** @type {Record<string, number>} */ (NUMBERS.WIDTHS);
const SHOWN_AS = /** @type {Record<string, string>} */ (NUMBERS.SHOWN_AS);

/** A panel from its tree: keyframes computed or decoded, the sheet woven.
 * @param {PanelTree} tree
 * @returns {Panel}
 */
export function panelOf(tree) {
  const { origin, sheet } = tree;
  const dots = tree.labels.length;
  const places = tree.input && inputOf(tree.input);
  const vertices = tree.keyframes && !places ? tree.keyframes.steps.shape[2] - dots : needed(places).length / 2;
  let keyframes;
  if (tree.known) {
    keyframes = tree.known;
  } else if (tree.keyframes) {
    keyframes = keyframesFrom(tree.keyframes);
  } else {
    const features = tree.features;
    const input = new Float64Array((vertices + dots) * features);
    input.set(onSheet(origin, needed(places), vertices));
    input.set(needed(tree.dots), vertices * features);
    keyframes = keyframesOf(needed(origin), input, vertices + dots);
  }
  const centre = Array.from({ length: keyframes.length }, (_, k) => tree.camera.centre.slice(3 * k, 3 * k + 3));
  return {
    ...tree, vertices, input: places,
    path: pathOf(keyframes, tree.swings),
    centre: pathOf(centre, tree.swings),
    basis: basesOf(tree.bases, tree.swings),
    woven: weaveOf(sheet),
    segments: segmentsOf(sheet, tree.creases),
    layers: [...new Set(sheet.kinds.filter(([kind]) => kind === "crease").map(([, layer]) => layer))].sort((a, b) => a - b),
    colours: new Map(),
    probes: new Map(), chances: new Map(), middles: null,
    flat: new Float64Array(2 * (vertices + dots)),
    fine: new Float64Array(2 * (vertices + dots)),
    nearness: new Float64Array(vertices + dots),
    pose: null,
  };
}

/**
 * What is shipped with every panel that needs it.
 * @template T
 * @param {T | null} value
 */
function needed(value) {
  if (value === null) throw new Trouble("This film cannot be played: its file is damaged. Save the film anew.");
  return value;
}

/** Where the sheet's vertices are (n, 2), from steps or numbers.
 * @param {Quantised | (Float32Array & Shaped)} input
 */
function inputOf(input) {
  return "steps" in input ? Float32Array.from(keyframesFrom(input)[0]) : rowsOf(input);
}

/** An array (n, rows) that was shipped one axis after the other, as its transpose.
 * @param {Float32Array & Shaped} array
 */
function rowsOf(array) {
  const [axes, count] = array.shape;
  const out = new Float32Array(array.length);
  for (let axis = 0; axis < axes; axis++) {
    for (let i = 0; i < count; i++) out[i * axes + axis] = array[axis * count + i];
  }
  return out;
}

/** All segments of lines of one kind, layer and crease together, in drawing order.
 * @param {Sheet} sheet
 * @param {number[][]} creases
 */
function segmentsOf(sheet, creases) {
  /** @type {Map<string, Omit<Segments, "pairs" | "inks"> & { pairs: number[], inks: number[] }>} */
  const groups = new Map();
  let from = 0;
  const creasing = new Set(sheet.kinds.filter(([kind]) => kind === "crease").map(([, layer, unit]) => `${layer} ${unit}`));
  /** @type {Map<string, number>} */
  const crowd = new Map();
  for (const [layer] of [...creasing].map((one) => one.split(" "))) crowd.set(layer, (crowd.get(layer) || 0) + 1);
  sheet.kinds.forEach(([kind, layer, unit, times, keyframe], line) => {
    const index = sheet.lines.subarray(from, from + sheet.lengths[line]);
    from += sheet.lengths[line];
    const own = keyframe !== null;
    const fold = kind === "crease" && !own ? creases.find(([l, u]) => l === layer && u === unit) : null;
    const crease = own ? { act: layer, start: 0, times: null, keyframe } : fold ? { act: fold[2], start: fold[3], times, keyframe } : null;
    const style = kind === "border" ? "grid" : kind;
    const key = JSON.stringify([style, layer, crease]);
    const group = groups.get(key) || { style, layer, crease, part: SHOWN_AS[kind], pairs: [], inks: [] };
    groups.set(key, group);
    const thinner = kind === "crease" ? Math.min(1, CROWD / (crowd.get(String(layer)) || 1)) : 1;
    for (let i = 1; i < index.length; i++) {
      group.pairs.push(index[i - 1], index[i]);
      group.inks.push(INKS[kind] * thinner);
    }
  });
  return [...groups.values()].map((group) => ({
    ...group, pairs: Uint32Array.from(group.pairs), inks: Float64Array.from(group.inks),
  }));
}

/** 0 … 1: how clearly a crease is seen.
 * @param {Crease} given
 * @param {number} k
 * @param {number} t
 */
function creaseShown({ act, start, times, keyframe }, k, t) {
  if (keyframe !== null) return Math.max(0, 1 - Math.abs(k + t - keyframe));
  if (k !== act) return k > act && !times ? 1 : 0;
  if (times) return times[0] <= t && t < times[1] ? 1 : 0;
  if (start > 0) return t === 1 ? 1 : 0;
  return t;
}

/** The colours of a panel's cells at a moment, for `rasterPanel`.
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {Theme} theme
 * @param {string} name
 * @param {Set<string>} show
 */
export function tintPanel(panel, pose, theme, name, show) {
  const colours = tints(panel, theme, name, show.has("regions"), pose.k, pose.t);
  clothValues(panel.woven, colours, pose.points, pose.flat, pose.nearness, pose.lens.turn, theme);
}

/** The raster's part of a panel: cells, lines, dots; of the rows that a surface holds from its
 * `top` on.
 * @param {Surface} surface
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {number} detail
 * @param {Theme} theme
 * @param {Set<string>} show
 */
export function rasterPanel(surface, panel, pose, detail, theme, show) {
  const { box, unit } = panel.layout;
  const { clip, top } = surface;
  clip.x0 = Math.max(Math.round(box.x0 * detail), 0);
  clip.y0 = Math.max(Math.round(box.y0 * detail) - top, 0);
  clip.x1 = Math.min(Math.round(box.x1 * detail), surface.width);
  clip.y1 = Math.min(Math.round(box.y1 * detail) - top, surface.height);
  if (clip.y1 <= clip.y0) return;
  const { fine } = panel;
  for (let i = 0; i < fine.length; i += 2) {
    fine[i] = pose.flat[i] * detail;
    fine[i + 1] = pose.flat[i + 1] * detail - top;
  }
  if (show.has("sheet")) paintCells(surface, panel.woven, fine, theme);
  for (const { style, layer, crease, part, pairs, inks } of panel.segments) {
    if (!show.has(part)) continue;
    let colour = style === "boundary" ? theme.boundary : theme.line;
    let width = WIDTHS[style] * unit * detail;
    let opacity = 1;
    if (crease) {
      if (style === "crease") colour = theme.creases[panel.layers.indexOf(layer) % theme.creases.length];
      opacity = creaseShown(crease, pose.k, pose.t);
      if (crease.keyframe === null && pose.k === crease.act && crease.start <= pose.t && pose.t < 1) width *= LIT;
    }
    if (opacity > 0) paintLines(surface, pairs, inks, fine, width, colour, opacity);
  }
  if (show.has("dots")) paintDots(surface, fine, panel.vertices, panel.labels, unit * detail, theme);
}

/** Whether a part could be drawn at all: rows of text need their place in the layout.
 * @param {Panel[]} panels
 * @param {string} part
 */
export function possible(panels, part) {
  /** @param {(panel: Panel) => unknown} test */
  const some = (test) => panels.some(test);
  if (part === "legend") return some(({ layout }) => layout.legend);
  if (part === "measures") return some(({ layout, notes }) => layout.notes && notes.length);
  if (part === "basis") return some(({ layout, basis }) => layout.basis && basis.some((one) => one));
  if (part === "network") return some(({ network }) => network);
  if (part === "creases" || part === "boundary") {
    return some(({ segments }) => segments.some((segment) => segment.part === part));
  }
  return true;
}

/** What the user interface may know of a panel.
 * @param {Panel} panel
 * @returns {Summary}
 */
export function summary(panel) {
  const { box, safe } = panel.layout;
  return {
    title: panel.title, stops: panel.stops, acts: panel.acts, widths: panel.widths,
    ownAxes: panel.own_axes, notes: panel.notes, formulas: panel.formulas, features: panel.features || 0,
    space: panel.planar.map((planar) => !planar),
    hasSpace: panel.planar.some((planar) => !planar),
    hasChain: Boolean(panel.origin),
    endsInChances: Boolean(panel.origin) && panel.origin?.layers.at(-1)?.activation === "softmax",
    endsInClasses: panel.origin !== null && !("snapshots" in panel.origin && (panel.origin.levels || panel.origin.shown < panel.origin.layers.length)),
    box: [box.x0, box.y0, box.x1, box.y1],
    centre: [(safe.x0 + safe.x1) / 2, (safe.y0 + safe.y1) / 2],
  };
}
