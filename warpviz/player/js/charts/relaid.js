/* Charts in other places than the author's: moved, and as wide as the room is there. */

/** @import { Box, ChartTree, CurveTree, MarkTree, Place } from "../types.js" */

const LETTER = 0.62; // of their size that letters are wide, where none are measured

/** A chart moved by x, y and made wider; its words and what is left and right of its axes stay as
 * large as they are.
 * @param {ChartTree} chart
 * @param {number} x
 * @param {number} y
 * @param {number} wider
 * @returns {ChartTree}
 */
function relaid(chart, x, y, wider) {
  const { x0, x1 } = chart.inside;
  const stretch = (x1 - x0 + wider) / (x1 - x0);
  /** @param {number} at */
  const across = (at) => x + (at <= x0 ? at : at >= x1 ? at + wider : x0 + (at - x0) * stretch);
  /** @param {Float32Array} points */
  const moved = (points) => points.map((value, i) => (i % 2 ? value + y : across(value)));
  /** @template {Box | null} B @param {B} box @returns {B} */
  const boxed = (box) => /** @type {B} */ (box && { x0: across(box.x0), y0: box.y0 + y, x1: across(box.x1), y1: box.y1 + y });
  /** @param {MarkTree} mark @returns {MarkTree} */
  const mark = (mark) => {
    if (mark.part === "key") return beside(mark);
    if ("text" in mark) return { ...mark, at: /** @type {Place} */ ([across(mark.at[0]), mark.at[1] + y]) };
    const { points, places, inside } = mark;
    return { ...mark, points: places ? points : moved(points), places: places && moved(places), inside: boxed(inside) };
  };
  /** A key keeps its place beside the nearer side.
   * @param {MarkTree} mark @returns {MarkTree}
   */
  const beside = (mark) => {
    const at = "text" in mark ? mark.at[0] : mark.points[0];
    const by = at > (x0 + x1) / 2 ? x + wider : x;
    if ("text" in mark) return { ...mark, at: [mark.at[0] + by, mark.at[1] + y] };
    const [points, places] = [mark.points, mark.places].map((all) => all && all.map((value, i) => value + (i % 2 ? y : by)));
    return { ...mark, points: mark.places ? mark.points : /** @type {Float32Array} */ (points), places, inside: boxed(mark.inside) };
  };
  /** @param {CurveTree} curve @returns {CurveTree} */
  const curve = (curve) => {
    const inside = boxed(curve.inside);
    if ("points" in curve) return { ...curve, inside, points: moved(curve.points) };
    return { ...curve, inside, x: curve.x.map(across), rows: { ...curve.rows, low: curve.rows.low + y } };
  };
  return {
    ...chart, box: boxed(chart.box), inside: boxed(chart.inside),
    marks: apart(chart.marks.map(mark)), curves: chart.curves.map(curve),
  };
}

/** Words in a row that would touch after they moved: the later one is left out; not those of a key,
 * which moves as a whole.
 * @param {MarkTree[]} marks
 */
function apart(marks) {
  /** @type {Map<number, number>} */
  const ends = new Map();
  return marks.filter((mark) => {
    if (!("text" in mark) || mark.angle || mark.part === "key") return true;
    const wide = LETTER * mark.size * mark.text.length;
    const left = mark.at[0] - mark.align * wide;
    const row = Math.round(mark.at[1]);
    if (left < (ends.get(row) ?? -Infinity)) return false;
    ends.set(row, left + wide);
    return true;
  });
}

/** Charts one below the other, each as wide as the room; those above each other stay together.
 * @param {ChartTree[]} charts
 * @param {number} width of the room; 0 takes that of the widest that does not span all
 * @param {number} top
 */
export function stacked(charts, width, top) {
  /** @type {Map<string, ChartTree[]>} */
  const groups = new Map();
  for (const chart of charts) {
    const key = `${chart.box.x0} ${chart.box.x1}`;
    groups.set(key, [...(groups.get(key) || []), chart]);
  }
  const spans = [...groups.values()].map(([{ box }]) => box.x1 - box.x0);
  const widest = Math.max(...spans);
  const narrower = groups.size > 2 ? spans.filter((span) => span < widest) : spans;
  const room = width || Math.max(...narrower);
  let foot = top;
  const laid = new Map();
  for (const group of groups.values()) {
    const begin = Math.min(...group.map(({ box }) => box.y0));
    const end = Math.max(...group.map(({ box }) => box.y1));
    for (const chart of group) {
      const { box } = chart;
      laid.set(chart, relaid(chart, -box.x0, foot - begin, room - (box.x1 - box.x0)));
    }
    foot += end - begin;
  }
  return { charts: charts.map((chart) => /** @type {ChartTree} */ (laid.get(chart))), size: /** @type {Place} */ ([room, foot]) };
}
