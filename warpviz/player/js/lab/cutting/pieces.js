/* Pieces of the plane on which layers of straight pieces are affine: polygons cut, layer by layer,
 * where units change from one piece of their activation to the next. */

/** @import { Layer, Line, Pieces, Tiling } from "./cutting.d.ts" */
/** @import { ActivationRecord } from "../lab.d.ts" */

import { LAB } from "../known.js";
import { tilingEdges } from "./tiling/tilings.js";
import { split } from "./tiling/polygons.js";
import { joinSegments } from "./tiling/joining.js";
import { parted } from "./tiling/parted.js";
import { actedOn, atVertices, mappedBy, onPieces, rowsAt, taken } from "./maps.js";
import { stepsOf } from "./steps.js";

/** Cut polygons until every state is affine on each; null past so many of them.
 * @param {Layer[]} layers of straight pieces
 * @param {Tiling} polygons only places are read
 * @param {number} most
 * @returns {Pieces | null}
 */
export function subdivide(layers, polygons, most) {
  const steps = stepsOf(layers, 2);
  const widest = steps.reduce((wide, { width, record }) => record ? Math.max(wide, width) : wide, 1);
  const room = Math.min(most, Math.floor(LAB.ROOM / (2 * widest)));
  const near = nearness(polygons);
  let tiling = polygons;
  /** @type {Float64Array[]} */
  let state = polygons.columns.slice(0, 2);
  /** @type {Float64Array[]} */
  let size = state.map((column) => column.map(Math.abs));
  const count = polygons.offsets.length - 1;
  let maps = Float64Array.from({ length: 6 * count }, (_, i) => i % 6 === 0 || i % 6 === 3 ? 1 : 0);
  /** @type {Uint8Array[]} */
  let codes = [];
  /** @type {[number, number][]} */
  const units = [];
  const counts = [count];
  /** @type {Line[]} */
  let tears = [];
  /** @type {{ state: Float64Array[], size: Float64Array[], maps: Float64Array }[]} */
  let kept = [];
  let first = 0;
  let layer = 0;
  for (const step of steps) {
    for (; layer < step.layer; layer++) {
      counts.push(tiling.offsets.length - 1);
      first = 0;
    }
    if (step.kind === "keep") {
      kept.push({ state, size, maps });
      continue;
    }
    if (step.kind === "add") {
      const before = /** @type {typeof kept[0]} */ (kept.pop());
      state = state.map((column, i) => column.map((value, v) => value + before.state[i][v]));
      size = size.map((column, i) => column.map((value, v) => value + before.size[i][v]));
      maps = maps.map((value, i) => value + before.maps[i]);
      continue;
    }
    if (step.weight) ({ state, size, maps } = mappedBy(step, tiling.count, state, size, maps));
    const { record } = step;
    if (!record || isIdentity(record)) continue;
    const width = state.length;
    const carried = [...tiling.columns.slice(0, 2), ...state, ...size, ...kept.flatMap((one) => [...one.state, ...one.size])];
    const bent = bend({ ...tiling, columns: carried }, maps, record, width, near, room);
    if (!bent) return null;
    ({ tiling } = bent);
    const { parents, fresh } = bent;
    maps = onPieces(maps, parents, fresh, record, width);
    codes = [...codes.map((column) => taken(column, parents)), ...fresh];
    for (let u = 0; u < width; u++) units.push([step.layer, first + u]);
    const rest = tiling.columns.slice(2);
    ({ state, size } = actedOn(record, tiling.count, rest.slice(0, width), rest.slice(width, 2 * width)));
    let at = 2 * width;
    kept = kept.map((one) => {
      const wide = one.state.length;
      const own = { state: rest.slice(at, at + wide), size: rest.slice(at + wide, at + 2 * wide), maps: rowsAt(one.maps, parents, 3 * wide) };
      at += 2 * wide;
      return own;
    });
    if (record.jumps.length) {
      const passed = [0];
      for (const place of /** @type {number[]} */ (record.breakpoints)) passed.push((passed.at(-1) ?? 0) + (record.jumps.includes(place) ? 1 : 0));
      const apart = parted({ ...tiling, columns: [...tiling.columns.slice(0, 2), ...size, ...kept.flatMap((one) => [...one.state, ...one.size])] }, fresh.map((column) => column.map((code) => passed[code >> 1])));
      tears = tears.map((tear) => ({ ...tear, path: Array.from(tear.path, (v) => apart.copy[v]) }));
      for (const { tag, path } of apart.tears) tears.push({ path, kind: "crease", layer: step.layer, unit: first + tag, times: null });
      const columns = apart.tiling.columns;
      tiling = apart.tiling;
      size = columns.slice(2, 2 + width);
      let from = 2 + width;
      kept = kept.map((one) => {
        const wide = one.state.length;
        const own = { state: columns.slice(from, from + wide), size: columns.slice(from + wide, from + 2 * wide), maps: one.maps };
        from += 2 * wide;
        return own;
      });
      state = atVertices(tiling, maps, width);
    }
    first += width;
  }
  for (; layer < layers.length; layer++) counts.push(tiling.offsets.length - 1);
  return {
    tiling: { ...tiling, columns: [...tiling.columns.slice(0, 2), ...state, ...size] },
    outputs: state.length, maps, codes, units, counts, tears,
  };
}

/** The distance below which a vertex counts as on a line.
 * @param {Tiling} tiling
 */
export function nearness({ columns, count }) {
  const [width, height] = columns.slice(0, 2).map((column) => {
    let low = Infinity;
    let high = -Infinity;
    for (let v = 0; v < count; v++) {
      low = Math.min(low, column[v]);
      high = Math.max(high, column[v]);
    }
    return high - low;
  });
  return LAB.CLOSE * Math.hypot(width, height);
}

/** @param {ActivationRecord} record */
function isIdentity({ breakpoints, slopes, shifts }) {
  return breakpoints !== null && !breakpoints.length && slopes[0][0] === 1 && shifts[0][0] === 0;
}

/** Polygons that carry z cut by all breakpoints of all units: with parents, and a column of codes
 * a unit; null for more than there is room for.
 * @param {Tiling} polygons
 * @param {Float64Array} maps
 * @param {ActivationRecord} record
 * @param {number} width
 * @param {number} near
 * @param {number} most
 */
function bend(polygons, maps, record, width, near, most) {
  let tiling = polygons;
  const count = tiling.offsets.length - 1;
  let parents = Uint32Array.from({ length: count }, (_, i) => i);
  let codes = Array.from({ length: width }, () => new Uint8Array(count));
  const breaks = record.breakpoints ?? [];
  for (let unit = 0; unit < width; unit++) {
    const steep = Float64Array.from({ length: count }, (_, r) => Math.hypot(maps[3 * width * r + unit], maps[3 * width * r + width + unit]));
    breaks.forEach((place, number) => {
      if (tiling.offsets.length - 1 > most) return;
      const own = tiling.columns[2 + unit];
      const terms = tiling.columns[2 + width + unit];
      const z = new Float64Array(tiling.count);
      for (let v = 0; v < z.length; v++) {
        const away = own[v] - place;
        z[v] = Math.abs(away) <= LAB.FAINT * (terms[v] + Math.abs(place)) ? 0 : away;
      }
      const cut = split(tiling, z, taken(steep, parents), near);
      const same = cut.tiling === tiling;
      ({ tiling } = cut);
      parents = same ? parents : taken(parents, cut.parents);
      codes = same ? codes : codes.map((column) => taken(column, cut.parents));
      for (let r = 0; r < parents.length; r++) {
        if (cut.sides[r] > 0) codes[unit][r] += 2;
        if (cut.sides[r] === 0) codes[unit][r] = 2 * number + 1;
      }
    });
    if (tiling.offsets.length - 1 > most) return null;
  }
  return { tiling, parents, fresh: codes };
}

/** The lines along which units bend, joined; earlier layers first.
 * @param {Pieces} pieces
 * @returns {Line[]}
 */
export function creaseLines({ tiling, codes, units, tears }) {
  const edges = tilingEdges(tiling);
  /** @type {number[]} */
  const pairs = [];
  /** @type {number[]} */
  const tags = [];
  for (let i = 0; i < edges.length; i += 4) {
    const left = edges[i + 2];
    const right = edges[i + 3];
    if (left < 0 || right < 0) continue;
    for (let u = 0; u < codes.length; u++) {
      // A unit that is only zero on one side does not bend there: it needs two whole pieces.
      if (Math.abs(codes[u][left] - codes[u][right]) < 2) continue;
      pairs.push(edges[i], edges[i + 1]);
      tags.push(u);
    }
  }
  /** @type {Line[]} */
  const lines = joinSegments(pairs, tags).map(({ tag, path }) => ({ path, kind: "crease", layer: units[tag][0], unit: units[tag][1], times: null }));
  return [...lines, ...tears].sort((a, b) => a.layer - b.layer || a.unit - b.unit);
}
