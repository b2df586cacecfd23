/* Where which of several functions is the largest, on polygons on which they are affine, and the
 * boundary between them. */

/** @import { Line, Tiling } from "./cutting.d.ts" */

import { LAB } from "../known.js";
import { tilingEdges } from "./tiling/tilings.js";
import { split } from "./tiling/polygons.js";
import { joinSegments } from "./tiling/joining.js";
import { taken } from "./maps.js";
import { nearness } from "./pieces.js";

/** Cut polygons that carry C logits and their sizes until one class wins on each; the first wins a
 * tie. With the old polygon of each, and the class.
 * @param {Tiling} polygons
 * @param {Float64Array} maps (R, 3, C)
 * @param {number} classes
 */
export function byWinner(polygons, maps, classes) {
  const near = nearness(polygons);
  let tiling = polygons;
  let parents = Uint32Array.from({ length: polygons.offsets.length - 1 }, (_, p) => p);
  let winners = new Uint8Array(parents.length);
  for (let label = 1; label < classes; label++) {
    const logits = tiling.columns.slice(2, 2 + classes);
    const sizes = tiling.columns.slice(2 + classes, 2 + 2 * classes);
    const z = new Float64Array(tiling.count);
    for (let v = 0; v < z.length; v++) {
      let best = 0;
      for (let c = 1; c < label; c++) if (logits[c][v] > logits[best][v]) best = c;
      const lead = logits[label][v] - logits[best][v];
      z[v] = Math.abs(lead) <= LAB.FAINT * (sizes[label][v] + sizes[best][v]) ? 0 : lead;
    }
    const steep = Float64Array.from(parents, (parent, p) => {
      const at = 3 * classes * parent;
      const own = winners[p];
      return Math.hypot(maps[at + label] - maps[at + own], maps[at + classes + label] - maps[at + classes + own]);
    });
    const cut = split(tiling, z, steep, near);
    ({ tiling } = cut);
    parents = taken(parents, cut.parents);
    winners = Uint8Array.from(cut.sides, (side, p) => side > 0 ? label : winners[cut.parents[p]]);
  }
  return { tiling, parents, winners };
}

/** The edges between polygons of different winners, joined for each pair of classes.
 * @param {Tiling} tiling
 * @param {Uint8Array} winners
 * @returns {Line[]}
 */
export function boundaryLines(tiling, winners) {
  const edges = tilingEdges(tiling);
  const span = winners.reduce((most, label) => Math.max(most, label), 0) + 1;
  /** @type {number[]} */
  const pairs = [];
  /** @type {number[]} */
  const tags = [];
  for (let i = 0; i < edges.length; i += 4) {
    if (edges[i + 2] < 0 || edges[i + 3] < 0) continue;
    const one = winners[edges[i + 2]];
    const other = winners[edges[i + 3]];
    if (one === other) continue;
    pairs.push(edges[i], edges[i + 1]);
    tags.push(Math.min(one, other) * span + Math.max(one, other));
  }
  return joinSegments(pairs, tags).map(({ path }) => ({ path, kind: "boundary", layer: 0, unit: -1, times: null }));
}
