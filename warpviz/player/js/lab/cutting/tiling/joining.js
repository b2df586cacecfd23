/* Segments to polylines. */

/** @import { Tagged } from "../cutting.d.ts" */

/** Segments of equal tag as polylines, as long as the way on is unique; a loop repeats its first
 * vertex at the end.
 * @param {number[]} pairs two vertices a segment
 * @param {number[]} tags one a segment
 * @returns {Tagged[]}
 */
export function joinSegments(pairs, tags) {
  if (!tags.length) return [];
  const span = pairs.reduce((most, v) => Math.max(most, v), 0) + 1;
  const keys = Float64Array.from(pairs, (v, i) => tags[i >> 1] * span + v);
  const nodes = [...new Set(keys.slice().sort())];
  const number = new Map(nodes.map((key, i) => [key, i]));
  const ends = Uint32Array.from(keys, (key) => /** @type {number} */ (number.get(key)));
  const degree = new Uint32Array(nodes.length);
  for (const node of ends) degree[node]++;
  const first = new Uint32Array(nodes.length + 1);
  for (let i = 0; i < nodes.length; i++) first[i + 1] = first[i] + degree[i];
  const filled = new Uint32Array(nodes.length);
  const target = new Uint32Array(ends.length);
  const edge = new Uint32Array(ends.length);
  // Half-edges of a node: those that begin in it, then those that end in it.
  for (const way of [0, 1]) {
    for (let i = 0; i < tags.length; i++) {
      const from = ends[2 * i + way];
      const at = first[from] + filled[from]++;
      target[at] = ends[2 * i + 1 - way];
      edge[at] = i;
    }
  }
  const used = new Uint8Array(tags.length);
  /** @type {number[][]} */
  const walks = [];
  // Open ends and junctions first; what then remains are loops.
  for (const through of [false, true]) {
    for (let begin = 0; begin < nodes.length; begin++) {
      if ((degree[begin] === 2) !== through) continue;
      for (let way = first[begin]; way < first[begin + 1]; way++) {
        if (used[edge[way]]) continue;
        const walk = [begin];
        for (let step = way; !used[edge[step]];) {
          used[edge[step]] = 1;
          const node = target[step];
          walk.push(node);
          if (degree[node] !== 2) break;
          step = first[node] + used[edge[first[node]]];
        }
        walks.push(walk);
      }
    }
  }
  /** @param {number[]} walk */
  const tagOf = (walk) => Math.floor(nodes[walk[0]] / span);
  walks.sort((a, b) => tagOf(a) - tagOf(b));
  return walks.map((walk) => ({ tag: tagOf(walk), path: walk.map((node) => nodes[node] % span) }));
}
