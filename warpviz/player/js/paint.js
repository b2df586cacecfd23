/* A film at a moment, onto a canvas: cells, lines and dots pixel by pixel, then words and strokes. */

/** @import { Context, Panel, Pose, Staged, Theme } from "./types.js" */
/** @import { Found, Marked, Shown } from "./api.js" */

import { NUMBERS } from "./given.js";
import { surfaceOf, packed } from "./raster/surface.js";
import { textWidth, shortened, putText, putProbe, putHover } from "./marks/overlay.js";
import { dressPanel } from "./marks/dress.js";
import { tintPanel, rasterPanel } from "./panel.js";
import { poses } from "./pose.js";
import { classicPose, rasterClassic, dressClassic } from "./classic.js";
import { placeOf } from "./ask.js";

const { HEADLINE } = NUMBERS;
const BAND = 5e5; // pixels that are drawn at once

/** The theme of a name; the film's own for others.
 * @param {Staged} staged
 * @param {string | undefined} name
 */
export function themeOf({ tree }, name) {
  const known = name !== undefined && name in tree.themes ? name : tree.theme;
  return { name: known, theme: tree.themes[known] };
}

/** Paint a film, see `paint` of `Film`.
 * @param {Staged} staged
 * @param {Context} context
 * @param {Shown} shown
 */
export function paint(staged, context, shown) {
  const began = performance.now();
  const { panels, picture, size } = staged;
  const { canvas } = context;
  const { k = 0, t = 0, view = null, probes = [], hover = null } = shown;
  const scale = shown.scale || canvas.width / size[0];
  const detail = shown.detail || scale;
  const show = shown.show || staged.defaults;
  const { name, theme } = themeOf(staged, shown.theme);
  const width = Math.max(Math.round(size[0] * detail), 1);
  const height = Math.max(Math.round(size[1] * detail), 1);
  const ground = surface(staged, width, height);
  const fine = width === canvas.width && height === canvas.height;
  const target = fine ? context : stageOf(staged, width, height);
  const plot = picture && classicPose(picture, k, t);
  const posing = poses(staged, shown);
  if (show.has("sheet")) panels.forEach((panel, i) => tintPanel(panel, posing[i], theme, name, show));
  target.setTransform(1, 0, 0, 1, 0, 0);
  for (let top = 0; top < height; top += ground.height) {
    ground.top = top;
    ground.pixels.fill(packed(theme.background));
    panels.forEach((panel, i) => rasterPanel(ground, panel, posing[i], detail, theme, show));
    if (picture && plot && show.has("dots")) rasterClassic(ground, picture, plot, detail);
    target.putImageData(ground.image, 0, top);
  }
  const raster = performance.now() - began;
  if (!fine) magnify(context, target.canvas);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  if (picture && plot) {
    if (show.has("axes")) dressClassic(context, picture, plot, theme);
  } else {
    headline(context, staged, theme);
    panels.forEach((panel, i) => {
      dressPanel(context, panel, posing[i], theme, show, view);
      mark(context, panel, posing[i], theme, probes, marksDot(staged, i, hover) ? hover : null);
    });
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  return { raster, total: performance.now() - began };
}

/** A surface of a width, kept; a large picture is drawn in bands, so that memory stays small.
 * @param {Staged} staged
 * @param {number} width
 * @param {number} height
 */
function surface(staged, width, height) {
  const rows = Math.min(height, Math.ceil(height / Math.ceil((width * height) / BAND)));
  if (!staged.kept || staged.kept.width !== width || staged.kept.height !== rows) {
    staged.kept = surfaceOf(width, rows);
  }
  return staged.kept;
}

/** A canvas for a raster that is coarser than the picture.
 * @param {Staged} staged
 * @param {number} width
 * @param {number} height
 */
function stageOf(staged, width, height) {
  const stage = staged.stage || /** @type {Context} */ (document.createElement("canvas").getContext("2d"));
  staged.stage = stage;
  if (stage.canvas.width !== width || stage.canvas.height !== height) Object.assign(stage.canvas, { width, height });
  return stage;
}

/** Bring a coarser raster onto the canvas.
 * @param {Context} context
 * @param {HTMLCanvasElement} coarse
 */
function magnify(context, coarse) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "low"; // "high" takes longer than drawing in full
  context.drawImage(coarse, 0, 0, context.canvas.width, context.canvas.height);
}

/**
 * @param {Context} context
 * @param {Staged} staged
 * @param {Theme} theme
 */
function headline(context, { tree, size, title }, theme) {
  const height = tree.size[1];
  const em = Math.round(HEADLINE.size * height);
  const room = HEADLINE.across * size[0];
  const fitting = Math.floor((em * room) / Math.max(textWidth(context, title, em), 1));
  const letters = Math.min(em, Math.max(HEADLINE.least, fitting));
  const words = shortened(context, title, letters, room);
  putText(context, words, size[0] / 2, HEADLINE.down * height, theme.text, letters, [0.5, 0.5]);
}

/** Whether a panel shows the dot that the pointer is on: the same dot is marked in every panel.
 * @param {Staged} staged
 * @param {number} index
 * @param {Found | null} hover
 */
function marksDot({ panels }, index, hover) {
  if (!hover || hover.kind !== "dot") return false;
  return hover.panel === index || panels[index].labels.length === panels[hover.panel].labels.length;
}

/** Probes and the dot that the pointer is on.
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {Theme} theme
 * @param {Marked[]} probes
 * @param {Found | null} dot
 */
function mark(context, panel, { k, t, lens, flat }, theme, probes, dot) {
  for (const { point, label } of probes) {
    const at = placeOf(panel, point, k, t, lens);
    if (at) putProbe(context, at[0], at[1], label || "", panel.layout, theme);
  }
  if (!dot) return;
  const place = 2 * (panel.vertices + dot.index);
  putHover(context, flat[place], flat[place + 1], panel.layout, theme);
}
