/* Charts that move, with cloth beside them or alone. */

/** @import { ChartTree, FigureTree, Place, Scene, Scenes } from "../types.js" */
/** @import { Arrangement, Summary } from "../api.js" */

import { largest } from "../arrange.js";
import { moved } from "../camera.js";
import { putHover } from "../marks/overlay.js";
import { putCurve, told } from "../charts/curves.js";
import { pointed } from "../charts/pointed.js";
import { stacked } from "../charts/relaid.js";
import { putStill } from "../charts/still.js";

const TALL = 480; // film pixels in which marks have their own sizes

/** A ground, for whoever turns it.
 * @param {ChartTree} chart
 * @param {string[]} stops
 * @returns {Summary}
 */
function groundSummary({ box, inside }, stops) {
  return {
    title: "", stops, acts: stops.slice(0, -1), notes: [], formulas: [], widths: [], ownAxes: [],
    features: 0, space: stops.map(() => true), hasSpace: true, hasChain: false, endsInChances: false, endsInClasses: false,
    box: [box.x0, box.y0, box.x1, box.y1],
    centre: [(inside.x0 + inside.x1) / 2, (inside.y0 + inside.y1) / 2],
  };
}

/** The scene of a film with charts.
 * @param {FigureTree} tree
 * @param {Scenes} scenes
 * @returns {Scene}
 */
export function figureScene(tree, scenes) {
  const { stops } = tree;
  const cloth = tree.cloth && scenes.cloth(tree.cloth, scenes);
  const grounds = tree.charts.some(({ ground }) => ground) ? scenes.ground() : null;
  const made = tree.charts.map(({ ground }) => ground && grounds && grounds.groundOf(ground));
  const panels = cloth ? cloth.columns : 0;
  const beside = tree.charts.filter(({ box }) => box.y0 === 0);
  /** The author's: as many columns as there are pictures in the first row. */
  const own = { columns: Math.max(panels + beside.length, 1), size: tree.size };
  /** @type {Arrangement & { charts: ChartTree[] }} */
  let now = { ...own, charts: tree.charts };

  /** The charts below the cloth, whose panels stand in so many columns.
   * @param {number} columns
   * @returns {Arrangement & { charts: ChartTree[] }}
   */
  const below = (columns) => {
    const [width, height] = cloth ? cloth.sizeIn(columns) : [0, 0];
    return { columns, ...stacked(tree.charts, width, height) };
  };
  return {
    title: tree.headline, stops, acts: stops.slice(0, -1),
    parts: cloth ? cloth.parts : [], shown: cloth ? cloth.shown : [],
    get size() { return now.size; },
    get columns() { return now.columns; },
    panels: () => [
      ...(cloth ? cloth.panels() : []),
      ...now.charts.filter((_, i) => made[i]).map((chart) => groundSummary(chart, stops)),
    ],
    at(worn) {
      const { k, t, theme } = worn;
      const sheet = cloth && cloth.at(worn);
      const on = worn.hover && worn.hover.kind === "curve" ? worn.hover.at : null;
      const stands = now.charts.map((chart, i) => made[i] && grounds && grounds.standing(chart, worn.view));
      return {
        raster(surface, detail) {
          if (sheet) sheet.raster(surface, detail);
          now.charts.forEach((chart, i) => {
            const [ground, here] = [made[i], stands[i]];
            if (grounds && ground && here) grounds.rasterGround(surface, chart, ground, here, detail);
          });
        },
        dress(context) {
          if (sheet) sheet.dress(context);
          now.charts.forEach((chart, i) => {
            const [ground, here] = [made[i], stands[i]];
            if (grounds && ground && here && moved(worn.view)) {
              grounds.putAround(context, chart, ground, here, k, t, theme);
              return;
            }
            putStill(context, chart.marks, theme);
            for (const curve of chart.curves) putCurve(context, curve, k, t, theme);
          });
          if (on) putHover(context, on[0], on[1], { unit: tree.size[1] / TALL }, theme);
        },
      };
    },
    tell: (k, t) => tree.charts.map((chart) => told(chart, k, t)).filter(Boolean).join(" · "),
    arrange(columns) {
      const author = !columns || columns >= own.columns;
      if (cloth) cloth.arrange(author ? 0 : columns);
      now = author ? { ...own, charts: tree.charts } : below(columns);
    },
    sizeIn: (columns) => (columns < own.columns ? below(columns).size : own.size),
    bestIn: (width, height) => largest(own, Array.from({ length: own.columns - 1 }, (_, i) => below(i + 1)), width, height),
    pick(x, y, seen) {
      const there = cloth && cloth.pick(x, y, seen);
      if (there || (made.some(Boolean) && moved(seen.view || null))) return there;
      return pointed(now.charts, x, y, seen.k || 0, seen.t || 0);
    },
    inputAt: (x, y, seen) => (cloth ? cloth.inputAt(x, y, seen) : null),
    states: (panel, point) => (cloth ? cloth.states(panel, point) : null),
    acting: (panel, moment) => (cloth && panel < cloth.panels().length ? cloth.acting(panel, moment) : null),
    place: (panel, point, seen) => (cloth ? cloth.place(panel, point, seen) : null),
  };
}
