/* The laboratory as a scene: what a player draws, made anew whenever something is taken hold of. */

/** @import { Camera, ClothTree, Layer, Layout, Scene, Theme } from "../../types.js" */
/** @import { LabSheet, Limits } from "../lab.js" */
/** @import { Directions } from "./directions.js" */

import { SEEING } from "../seeing.js";
import { clothScene } from "../../scenes/cloth.js";
import { livePanel } from "./panels.js";

/** @typedef {{ title: string, layers: Layer[] }} LiveColumn layers as they are played */
/** @typedef {{ x: Float64Array, y: Uint8Array, features: string[], limits: Limits, classNames: string[] }} LiveData */
/**
 * What a page was given of looks: themes, and a layout for each number of columns.
 * @typedef {{
 *   theme: string, themes: Record<string, Theme>, show: string[], parts: string[], ease: string, fps: number,
 *   layouts: { size: [number, number], panels: Layout[] }[], description: string,
 * }} Looks
 */
/** @typedef {{ scene: Scene, tree: ClothTree, cuts: LabSheet[], held: (Directions | null)[], right: number[] }} Laid */

/** Lay out columns of cloth for the same points.
 * @param {Looks} looks
 * @param {LiveColumn[]} columns
 * @param {LiveData} data
 * @param {{ coarse: boolean, held: (Directions | null)[], cameras: Camera[] }} how cameras that stay, if any
 * @returns {Laid}
 */
export function laidOut(looks, columns, data, { coarse, held, cameras }) {
  const { size, panels } = looks.layouts[columns.length - 1];
  const made = columns.map(({ title, layers }, i) => livePanel({
    title: columns.length > 1 ? title : "", layers, ...data, coarse, held: held[i] || null, camera: cameras[i] || null,
    layout: panels[i],
  }));
  const acts = Math.max(...columns.map(({ layers }) => layers.length));
  const tree = treeOf(looks, size, made.map((one) => one.tree), acts, data.classNames);
  return {
    scene: clothScene(tree), tree, cuts: made.map(({ cut }) => cut),
    held: made.map(({ directions }) => directions), right: made.map(({ right }) => right),
  };
}

/**
 * @param {Looks} looks
 * @param {[number, number]} size
 * @param {import("../../types.js").PanelTree[]} panels
 * @param {number} acts
 * @param {string[]} classNames
 * @returns {ClothTree}
 */
function treeOf({ theme, themes, show, parts, ease, fps, description }, size, panels, acts, classNames) {
  return {
    kind: "cloth", size, class_names: classNames, description, notes: [], loop: 1, headline: "", theme, themes, show, parts, panels,
    timeline: { holds: new Array(acts + 1).fill(SEEING.REST), moving: new Array(acts).fill(1), ease, fps, first: 0, acts },
  };
}

/** A scene whose cloth is exchanged while it is looked at; its stops stay, until another is made.
 * @param {Scene} first
 * @returns {{ scene: Scene, show(next: Scene): void }}
 */
export function exchangeable(first) {
  let now = first;
  return {
    show(next) {
      if (next.columns !== now.columns) next.arrange(now.columns);
      now = next;
    },
    scene: {
      title: first.title, acts: first.acts, parts: first.parts, shown: first.shown,
      get stops() { return now.stops; },
      get size() { return now.size; },
      get columns() { return now.columns; },
      at: (worn) => now.at(worn),
      panels: () => now.panels(),
      tell: (k, t) => now.tell(k, t),
      arrange: (columns) => now.arrange(columns),
      sizeIn: (columns) => now.sizeIn(columns),
      bestIn: (width, height) => now.bestIn(width, height),
      pick: (x, y, seen) => now.pick(x, y, seen),
      inputAt: (x, y, seen) => now.inputAt(x, y, seen),
      states: (panel, point) => now.states(panel, point),
      acting: (panel, moment) => now.acting(panel, moment),
      place: (panel, point, seen) => now.place(panel, point, seen),
      lens: (panel, seen) => now.lens?.(panel, seen) || null,
    },
  };
}
