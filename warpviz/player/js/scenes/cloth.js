/* Panels of cloth side by side, each with its words around it. */

/** @import { ClothTree, Context, Panel, Pose, Scene, Staged, Theme } from "../types.js" */
/** @import { Found, Marked } from "../api.js" */

import { NUMBERS } from "../given.js";
import { textWidth, shortened, putText, putHover } from "../marks/overlay.js";
import { putProbe, putTrail, wayColour } from "../marks/probe.js";
import { dressPanel } from "../marks/dress.js";
import { arrange, bestIn, columnsOf, sizeIn } from "../arrange.js";
import { panelOf, possible, rasterPanel, summary, tintPanel } from "../panel.js";
import { poses } from "../pose.js";
import { actingAt, placeOf, statesAt, wayOf, within } from "../ask.js";
import { pick, inputAt, placeIn } from "./pick.js";

const { HEADLINE } = NUMBERS;

/** The scene of a film of cloth.
 * @param {ClothTree} tree
 * @returns {Scene}
 */
export function clothScene(tree) {
  const panels = tree.panels.map(panelOf);
  const layouts = panels.map(({ layout }) => layout);
  const deepest = tree.panels.reduce((a, b) => (b.acts.length <= a.acts.length ? a : b));
  /** @type {Staged} */
  const staged = { tree, panels, layouts, acts: deepest.acts.length, size: tree.size, columns: columnsOf(layouts) };
  return {
    title: tree.headline, stops: deepest.stops, acts: deepest.acts,
    parts: tree.parts.filter((part) => possible(panels, part)), shown: tree.show,
    get size() { return staged.size; },
    get columns() { return staged.columns; },
    panels: () => panels.map(summary),
    tell: () => "",
    at(seen) {
      const { name, theme, show, view, probes, hover } = seen;
      const posing = poses(staged, seen);
      if (show.has("sheet")) panels.forEach((panel, i) => tintPanel(panel, posing[i], theme, name, show));
      return {
        raster: (surface, detail) => {
          panels.forEach((panel, i) => rasterPanel(surface, panel, posing[i], detail, theme, show));
        },
        dress(context) {
          headline(context, staged, theme);
          panels.forEach((panel, i) => {
            dressPanel(context, panel, posing[i], theme, show, view);
            mark(context, panel, posing[i], theme, probes, tree.class_names.length, marksDot(staged, i, hover) ? hover : null);
          });
        },
      };
    },
    arrange: (columns) => arrange(staged, columns),
    sizeIn: (columns) => sizeIn(staged, columns),
    bestIn: (width, height) => bestIn(staged, width, height),
    pick: (x, y, seen) => pick(staged, x, y, seen),
    inputAt: (x, y, seen) => inputAt(staged, x, y, seen),
    states: (panel, point) => statesAt(panels[panel], point),
    acting: (panel, moment) => actingAt(panels[panel], moment, staged.acts),
    place: (panel, point, seen) => placeIn(staged, panel, point, seen),
    lens: (panel, seen) => poses(staged, seen)[panel]?.lens || null,
  };
}

/**
 * @param {Context} context
 * @param {Staged} staged
 * @param {Theme} theme
 */
function headline(context, { tree, size }, theme) {
  const title = tree.headline;
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

/** Probes with their ways, and the dot that the pointer is on.
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {Theme} theme
 * @param {Marked[]} probes
 * @param {number} classes
 * @param {Found | null} dot
 */
function mark(context, panel, { k, t, lens, flat }, theme, probes, classes, dot) {
  for (const { point, label } of probes) {
    putTrail(context, wayOf(panel, point, k, t, lens), panel.layout, wayColour(theme, classes, label || ""), theme);
  }
  for (const { point, label } of probes) {
    const at = placeOf(panel, point, k, t, lens);
    if (at && within(panel, ...at)) putProbe(context, at[0], at[1], label || "", panel.layout, theme);
  }
  if (!dot) return;
  const place = 2 * (panel.vertices + dot.index);
  putHover(context, flat[place], flat[place + 1], panel.layout, theme);
}
