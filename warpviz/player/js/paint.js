/* A film at a moment, onto a canvas: cells, lines and dots pixel by pixel, then words and strokes. */

/** @import { Context, Held, Scene, Worn } from "./types.js" */

import { surfaceOf, packed } from "./raster/surface.js";

const BAND = 5e5; // pixels that are drawn at once

/** Paint a scene over a canvas of round(size · scale) device pixels, see `paint` of `Film`.
 * @param {Scene} scene
 * @param {Held} held
 * @param {Context} context
 * @param {Worn} worn
 * @param {{ scale?: number, detail?: number }} how
 */
export function paint(scene, held, context, worn, how) {
  const began = performance.now();
  const { size } = scene;
  const { canvas } = context;
  const scale = how.scale || canvas.width / size[0];
  const detail = how.detail || scale;
  const width = Math.max(Math.round(size[0] * detail), 1);
  const height = Math.max(Math.round(size[1] * detail), 1);
  const ground = surface(held, width, height);
  const fine = width === canvas.width && height === canvas.height;
  const target = fine ? context : stageOf(held, width, height);
  const picture = scene.at(worn);
  target.setTransform(1, 0, 0, 1, 0, 0);
  for (let top = 0; top < height; top += ground.height) {
    ground.top = top;
    ground.pixels.fill(packed(worn.theme.background));
    picture.raster(ground, detail);
    target.putImageData(ground.image, 0, top);
  }
  const raster = performance.now() - began;
  if (!fine) magnify(context, target.canvas);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  picture.dress(context);
  context.setTransform(1, 0, 0, 1, 0, 0);
  return { raster, total: performance.now() - began };
}

/** A surface of a width, kept; a large picture is drawn in bands, so that memory stays small.
 * @param {Held} held
 * @param {number} width
 * @param {number} height
 */
function surface(held, width, height) {
  const rows = Math.min(height, Math.ceil(height / Math.ceil((width * height) / BAND)));
  if (!held.kept || held.kept.width !== width || held.kept.height !== rows) {
    held.kept = surfaceOf(width, rows);
  }
  return held.kept;
}

/** A canvas for a raster that is coarser than the picture.
 * @param {Held} held
 * @param {number} width
 * @param {number} height
 */
function stageOf(held, width, height) {
  const stage = held.stage || /** @type {Context} */ (document.createElement("canvas").getContext("2d"));
  held.stage = stage;
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
