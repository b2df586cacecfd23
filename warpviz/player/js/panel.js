/* One panel of cloth: made ready once, then posed at a moment and painted. */

/** @import { Context, Crease, Panel, PanelTree, Pose, Shaped, Sheet, Surface, Theme, View } from "./types.js" */

import { NUMBERS } from "./given.js";
import { Trouble } from "./payload.js";
import { keyframesOf, onSheet, keyframesFrom } from "./chain.js";
import { pathOf, along } from "./motion.js";
import { STILL_VIEW, lensAt, projected } from "./camera.js";
import { paintLines } from "./lines.js";
import { paintDots } from "./dots.js";
import { clothColours, weaveOf, clothValues, paintCells } from "./cloth.js";
import { shortened, putText, putLegend, putTrack } from "./marks.js";
import { putScale, putGround, putAxes, putTriad } from "./axes.js";

const { LIT, FADE } = NUMBERS;
const INKS = /** @type {Record<string, number>} */ (NUMBERS.INKS);
const WIDTHS = /** @type {Record<string, number>} */ (NUMBERS.WIDTHS);
const SHOWN_AS = /** @type {Record<string, string>} */ (NUMBERS.SHOWN_AS);

/** A panel from its tree: keyframes computed or decoded, the sheet woven.
 * @param {PanelTree} tree
 */
export function panelOf(tree) {
  const { origin, sheet } = tree;
  const dots = tree.labels.length;
  const places = tree.input && rowsOf(tree.input);
  const vertices = tree.keyframes && !places ? tree.keyframes.steps.shape[2] - dots : needed(places).length / 2;
  let keyframes;
  if (tree.keyframes) {
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
    woven: weaveOf(sheet),
    segments: segmentsOf(sheet, tree.creases),
    layers: [...new Set(sheet.kinds.filter(([kind]) => kind === "crease").map(([, layer]) => layer))].sort((a, b) => a - b),
    colours: new Map(),
    probes: new Map(),
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
  const groups = new Map();
  let from = 0;
  sheet.kinds.forEach(([kind, layer, unit, times], line) => {
    const index = sheet.lines.subarray(from, from + sheet.lengths[line]);
    from += sheet.lengths[line];
    const fold = kind === "crease" ? creases.find(([l, u]) => l === layer && u === unit) : null;
    const crease = fold && { act: fold[2], start: fold[3], times };
    const style = kind === "border" ? "grid" : kind;
    const key = JSON.stringify([style, layer, crease]);
    if (!groups.has(key)) groups.set(key, { style, layer, crease, part: SHOWN_AS[kind], pairs: [], inks: [] });
    const group = groups.get(key);
    for (let i = 1; i < index.length; i++) {
      group.pairs.push(index[i - 1], index[i]);
      group.inks.push(INKS[kind]);
    }
  });
  return [...groups.values()].map((group) => ({
    ...group, pairs: Uint32Array.from(group.pairs), inks: Float64Array.from(group.inks),
  }));
}

/** This panel's act and time when a film of `acts` acts is in act k at t.
 * @param {Panel} panel
 * @param {number} k
 * @param {number} t
 * @param {number} acts
 */
export function panelMoment(panel, k, t, acts) {
  const own = panel.acts.length;
  if (own === acts) return [k, t];
  if (own === 0) return [0, 0];
  const place = ((k + t) * own) / acts;
  const act = Math.min(Math.floor(place), own - 1);
  return [act, place - act];
}

/** Where everything is at a moment: points, lens, film pixels; kept until the moment changes.
 * @param {Panel} panel
 * @param {number} k
 * @param {number} t
 * @param {Partial<View> | null} view
 */
export function posed(panel, k, t, view) {
  const { yaw, pitch, zoom, panX, panY } = { ...STILL_VIEW, ...view };
  const key = [k, t, yaw, pitch, zoom, panX, panY].join();
  if (panel.pose && panel.pose.key === key) return panel.pose;
  const points = along(panel.path, k, t);
  const lens = lensAt(panel.camera, panel.centre, k, t, points, view);
  projected(lens, points, panel.flat, panel.nearness);
  panel.pose = { key, k, t, points, lens, flat: panel.flat, nearness: panel.nearness };
  return panel.pose;
}

/** 0 … 1: how clearly a crease is seen.
 * @param {Crease} given
 * @param {number} k
 * @param {number} t
 */
function creaseShown({ act, start, times }, k, t) {
  if (k !== act) return k > act && !times ? 1 : 0;
  if (times) return times[0] <= t && t < times[1] ? 1 : 0;
  if (start > 0) return t === 1 ? 1 : 0;
  return t;
}

/**
 * @param {Panel} panel
 * @param {Theme} theme
 * @param {string} name
 * @param {boolean} sharp
 */
function tints(panel, theme, name, sharp) {
  const key = `${name} ${sharp}`;
  const known = panel.colours.get(key);
  if (known) return known;
  const colours = clothColours(panel.sheet.chances, theme, sharp);
  panel.colours.set(key, colours);
  return colours;
}

/** The colours of a panel's cells at a moment, for `rasterPanel`.
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {Theme} theme
 * @param {string} name
 * @param {Set<string>} show
 */
export function tintPanel(panel, pose, theme, name, show) {
  const colours = tints(panel, theme, name, show.has("regions"));
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
      colour = theme.creases[panel.layers.indexOf(layer) % theme.creases.length];
      opacity = creaseShown(crease, pose.k, pose.t);
      if (pose.k === crease.act && crease.start <= pose.t && pose.t < 1) width *= LIT;
    }
    if (opacity > 0) paintLines(surface, pairs, inks, fine, width, colour, opacity);
  }
  if (show.has("dots")) paintDots(surface, fine, panel.vertices, panel.labels, unit * detail, theme);
}

/** 1 at and between planes, 0 at spaces; on the way between them axes come and go.
 * @param {Panel} panel
 * @param {number} k
 * @param {number} t
 */
function planarity(panel, k, t) {
  const here = panel.planar[k];
  const there = panel.planar[Math.min(k + 1, panel.planar.length - 1)];
  const { lift } = panel.camera;
  const lifted = lift.length > 0 && (lift[k][0] !== 0 || lift[k][1] !== 0);
  if (here && there && !lifted) return 1;
  return Math.max(0, here ? 1 - t / FADE : 0, there ? 1 - (1 - t) / FADE : 0);
}

/**
 * @param {Panel} panel
 * @param {number} k
 * @param {number} t
 */
function captionOf(panel, k, t) {
  if (t === 0 || !panel.acts.length) return panel.stops[k];
  return t === 1 ? panel.stops[k + 1] : panel.acts[k];
}

/** Axes, scale, track, caption, notes, title and legend of a panel.
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {Theme} theme
 * @param {Set<string>} show
 * @param {Partial<View> | null} view
 */
export function dressPanel(context, panel, pose, theme, show, view) {
  const { layout } = panel;
  const { k, t, lens } = pose;
  const tilted = Boolean(view && (view.yaw || view.pitch));
  const planar = show.has("axes") ? planarity(panel, k, t) * (tilted ? 0 : 1) : 0;
  if (moved(view) && AROUND.some((part) => show.has(part))) putGround(context, layout, theme, planar > 0.5);
  if (planar > 0) planeAxes(context, panel, pose, theme, planar);
  if (show.has("axes") && planar < 1) spaceAxes(context, panel, pose, theme, 1 - planar, tilted);
  if (show.has("scale")) putScale(context, layout, lens.units, theme, 1 - planar);
  if (layout.title) {
    const title = shortened(context, panel.title, layout.em, layout.caption_width);
    putText(context, title, ...layout.title, theme.text, layout.em);
  }
  if (layout.legend && show.has("legend")) putLegend(context, layout, theme);
  if (show.has("track")) putTrack(context, layout, panel.stops.length, k + t, theme);
  const stop = t === 1 && panel.acts.length ? k + 1 : k;
  const ink = t === 0 || t === 1 ? theme.text : theme.muted;
  if (layout.notes && panel.notes.length && show.has("measures")) {
    putText(context, panel.notes[stop], ...layout.notes, ink, layout.small);
  }
  if (show.has("caption")) {
    const caption = shortened(context, captionOf(panel, k, t), layout.caption_em, layout.caption_width);
    putText(context, caption, ...layout.caption, panel.title ? theme.muted : theme.text, layout.caption_em);
    if (layout.remark && panel.remarks.length) {
      const remark = shortened(context, panel.remarks[stop], layout.caption_em, layout.caption_width);
      putText(context, remark, ...layout.remark, ink, layout.caption_em);
    }
  }
}

const AROUND = ["axes", "caption", "track", "legend", "scale", "measures"];

/** Whether a view is not the film's own: then cloth may lie where words and axes stand.
 * @param {Partial<View> | null} view
 */
function moved(view) {
  return Boolean(view) && Object.entries(STILL_VIEW).some(([name, still]) => ({ ...STILL_VIEW, ...view })[/** @type {keyof View} */ (name)] !== still);
}

/** The coordinates of a state, three at most.
 * @param {Panel} panel
 * @param {number} stop
 */
function axesAt(panel, stop) {
  return panel.axes[stop].map(([name, shift, factor]) => ({ name, shift, factor }));
}

/**
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} given
 * @param {Theme} theme
 * @param {number} opacity
 */
function planeAxes(context, panel, { k, t, lens }, theme, opacity) {
  const flat = new Float64Array(2);
  projected(lens, [0, 0, 0], flat, []);
  const stop = panel.planar[k] && (t < 0.5 || !panel.planar[k + 1]) ? k : k + 1;
  putAxes(context, panel.layout, flat, lens.units, axesAt(panel, stop).slice(0, 2), theme, opacity);
}

/**
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} given
 * @param {Theme} theme
 * @param {number} opacity
 * @param {boolean} tilted
 */
function spaceAxes(context, panel, { k, t, lens }, theme, opacity, tilted) {
  let stop = t < 0.5 ? k : Math.min(k + 1, panel.planar.length - 1);
  if (panel.planar[stop] && !panel.planar[k] && !tilted) stop = k;
  const axes = axesAt(panel, stop);
  if (axes.length) putTriad(context, panel.layout, lens.turn, axes.map(({ name }) => name), theme, opacity);
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
  if (part === "creases" || part === "boundary") {
    return some(({ segments }) => segments.some((segment) => segment.part === part));
  }
  return true;
}

/** What the user interface may know of a panel.
 * @param {Panel} panel
 */
export function summary(panel) {
  const { box, safe } = panel.layout;
  return {
    title: panel.title, stops: panel.stops, acts: panel.acts, widths: panel.widths,
    ownAxes: panel.own_axes, notes: panel.notes, features: panel.features || 0,
    space: panel.planar.map((planar) => !planar),
    hasSpace: panel.planar.some((planar) => !planar),
    hasChain: Boolean(panel.origin),
    endsInChances: Boolean(panel.origin) && panel.origin?.layers.at(-1)?.activation === "softmax",
    box: [box.x0, box.y0, box.x1, box.y1],
    centre: [(safe.x0 + safe.x1) / 2, (safe.y0 + safe.y1) / 2],
  };
}
