/* Layers acting on states at vertices and on the maps of polygons. */

/** @import { Step, Tiling } from "./cutting.d.ts" */
/** @import { ActivationRecord } from "../lab.d.ts" */

/** W x + b of states, of the sizes of their terms, and of maps.
 * @param {Step} step
 * @param {number} count
 * @param {Float64Array[]} state
 * @param {Float64Array[]} size
 * @param {Float64Array} maps
 */
export function mappedBy({ weight, bias, width }, count, state, size, maps) {
  const n = state.length;
  const w = /** @type {ArrayLike<number>} */ (weight);
  const b = /** @type {ArrayLike<number>} */ (bias);
  /** @type {Float64Array[]} */
  const sums = [];
  /** @type {Float64Array[]} */
  const sizes = [];
  for (let i = 0; i < width; i++) {
    const sum = new Float64Array(count);
    const terms = new Float64Array(count);
    for (let j = 0; j < n; j++) {
      const factor = w[i * n + j];
      const grown = Math.abs(factor);
      const from = state[j];
      const much = size[j];
      for (let v = 0; v < count; v++) {
        sum[v] += factor * from[v];
        terms[v] += grown * much[v];
      }
    }
    for (let v = 0; v < count; v++) {
      sum[v] += b[i];
      terms[v] += Math.abs(b[i]);
    }
    sums.push(sum);
    sizes.push(terms);
  }
  const polygons = maps.length / (3 * n);
  const out = new Float64Array(3 * width * polygons);
  for (let row = 0; row < 3 * polygons; row++) {
    for (let i = 0; i < width; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += w[i * n + j] * maps[row * n + j];
      out[row * width + i] = row % 3 === 2 ? sum + b[i] : sum;
    }
  }
  return { state: sums, size: sizes, maps: out };
}

/** Entries of an array, by their places.
 * @template {Uint8Array | Uint32Array | Float64Array} T
 * @param {T} array
 * @param {Uint32Array} places
 * @returns {T}
 */
export function taken(array, places) {
  const out = /** @type {T} */ (new /** @type {new (length: number) => T} */ (array.constructor)(places.length));
  for (let i = 0; i < places.length; i++) out[i] = array[places[i]];
  return out;
}

/** Rows of an array by their places.
 * @param {Float64Array} array
 * @param {Uint32Array} places
 * @param {number} width
 */
export function rowsAt(array, places, width) {
  const out = new Float64Array(width * places.length);
  for (let r = 0; r < places.length; r++) out.set(array.subarray(width * places[r], width * (places[r] + 1)), width * r);
  return out;
}

/** Maps behind an activation, given on which of its pieces each unit is.
 * @param {Float64Array} maps
 * @param {Uint32Array} parents
 * @param {Uint8Array[]} codes
 * @param {ActivationRecord} record
 * @param {number} width
 */
export function onPieces(maps, parents, codes, { slopes, shifts }, width) {
  const out = rowsAt(maps, parents, 3 * width);
  for (let u = 0; u < width; u++) {
    const column = Math.min(u, slopes[0].length - 1);
    for (let r = 0; r < parents.length; r++) {
      const piece = codes[u][r] >> 1;
      const at = 3 * width * r + u;
      const slope = slopes[piece][column];
      out[at] *= slope;
      out[at + width] *= slope;
      out[at + 2 * width] = out[at + 2 * width] * slope + shifts[piece][column];
    }
  }
  return out;
}

/** What an activation makes of a state, and of the sizes of its terms.
 * @param {ActivationRecord} record
 * @param {number} count
 * @param {Float64Array[]} state
 * @param {Float64Array[]} size
 */
export function actedOn({ breakpoints, slopes, shifts }, count, state, size) {
  const places = /** @type {number[]} */ (breakpoints);
  const made = state.map((column, u) => {
    const own = Math.min(u, slopes[0].length - 1);
    const value = new Float64Array(column.length);
    const terms = new Float64Array(column.length);
    for (let v = 0; v < count; v++) {
      const z = column[v];
      let piece = 0;
      while (piece < places.length && z > places[piece]) piece++;
      value[v] = slopes[piece][own] * z + shifts[piece][own];
      terms[v] = Math.max(Math.abs(slopes[piece][own]) * size[u][v], Math.abs(value[v]));
    }
    return [value, terms];
  });
  return { state: made.map(([value]) => value), size: made.map(([, terms]) => terms) };
}

/** The state at each vertex by the map of a polygon that has it.
 * @param {Tiling} tiling
 * @param {Float64Array} maps
 * @param {number} width
 */
export function atVertices({ columns: [x, y], count, corners, offsets }, maps, width) {
  const polygon = new Uint32Array(count);
  for (let p = 0; p + 1 < offsets.length; p++) {
    for (let i = offsets[p]; i < offsets[p + 1]; i++) polygon[corners[i]] = p;
  }
  return Array.from({ length: width }, (_, u) => Float64Array.from({ length: count }, (__, v) => {
    const at = 3 * width * polygon[v] + u;
    return x[v] * maps[at] + y[v] * maps[at + width] + maps[at + 2 * width];
  }));
}
