/* Pictures side by side: how many in a row, and panels moved to other places. */

/** @import { Box, Layout, Place, Staged } from "./types.js" */
/** @import { Arrangement } from "./api.js" */

const WORTH_MOVING = 1.2; // how much larger panels must become to leave the author's rows

/** The columns in which so many pictures, each width × height, are largest in a room.
 *  `below` is what a caption under each takes of the room.
 * @param {number} count
 * @param {number} width
 * @param {number} height
 * @param {number} roomWidth
 * @param {number} roomHeight
 * @param {number} [below]
 */
export function bestColumns(count, width, height, roomWidth, roomHeight, below = 0) {
  let best = 1;
  let largest = 0;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const size = Math.min(roomWidth / columns / width, (roomHeight / rows - below) / height);
    if (size > largest * (1 + 1e-9)) {
      largest = size;
      best = columns;
    }
  }
  return best;
}

/** A panel's layout with all its places moved.
 * @param {Layout} layout
 * @param {number} x
 * @param {number} y
 */
function movedLayout(layout, x, y) {
  /** @param {Box} one */
  const box = (one) => ({ x0: one.x0 + x, y0: one.y0 + y, x1: one.x1 + x, y1: one.y1 + y });
  /** @template {Place | null} P @param {P} at @returns {P} */
  const place = (at) => /** @type {P} */ (at && [at[0] + x, at[1] + y]);
  const [x0, x1, rail] = layout.track;
  return {
    ...layout,
    box: box(layout.box), safe: box(layout.safe),
    title: place(layout.title), caption: place(layout.caption), notes: place(layout.notes), basis: place(layout.basis), remark: place(layout.remark),
    legend: place(layout.legend), scale: place(layout.scale), network: layout.network && box(layout.network),
    track: [x0 + x, x1 + x, rail + y],
  };
}

/** Panels in so many columns: the size of the whole, and each one's layout.
 *  Boxes differ by a pixel where a width could not be divided: the widest is everyone's room.
 * @param {Layout[]} layouts
 * @param {number} columns
 * @returns {{ size: Place, layouts: Layout[] }}
 */
function arranged(layouts, columns) {
  const boxes = layouts.map(({ box }) => box);
  const top = Math.min(...boxes.map(({ y0 }) => y0));
  const width = Math.max(...boxes.map(({ x0, x1 }) => x1 - x0));
  const height = Math.max(...boxes.map(({ y0, y1 }) => y1 - y0));
  const rows = Math.ceil(layouts.length / columns);
  const moved = layouts.map((layout, i) => {
    const row = Math.floor(i / columns);
    // A last row that is not full stands in the middle.
    const missing = row === rows - 1 ? rows * columns - layouts.length : 0;
    const x = Math.round(width * ((i % columns) + missing / 2)) - layout.box.x0;
    return movedLayout(layout, x, top + height * row - layout.box.y0);
  });
  return { size: [width * columns, top + height * rows], layouts: moved };
}

/** How many panels the author's picture has in its first row.
 * @param {Layout[]} layouts
 */
export function columnsOf(layouts) {
  return layouts.filter(({ box }) => box.y0 === layouts[0].box.y0).length;
}

/** Put the panels into other rows, see `arrange` of `Film`.
 * @param {Staged} staged
 * @param {number} wanted
 */
export function arrange(staged, wanted) {
  const { tree, panels, layouts } = staged;
  const own = columnsOf(layouts);
  const columns = Math.min(wanted || own, panels.length);
  if (!panels.length || columns === staged.columns) return;
  const place = columns === own ? { size: tree.size, layouts } : arranged(layouts, columns);
  staged.columns = columns;
  staged.size = place.size;
  panels.forEach((panel, i) => {
    panel.layout = place.layouts[i];
    panel.camera = { ...panel.camera, safe: panel.layout.safe };
    panel.pose = null;
  });
}

/** The arrangement for a room, see `bestIn` of `Film`.
 * @param {Staged} staged
 * @param {number} width
 * @param {number} height
 * @returns {Arrangement}
 */
export function bestIn({ tree, layouts }, width, height) {
  const own = { columns: columnsOf(layouts), size: tree.size };
  if (layouts.length < 2) return own;
  const { box } = layouts[0];
  const best = bestColumns(layouts.length, box.x1 - box.x0, box.y1 - box.y0, width, height);
  return largest(own, [{ columns: best, size: arranged(layouts, best).size }], width, height);
}

/** The arrangement that is largest in a room; the author's where others are hardly larger.
 * @param {Arrangement} own
 * @param {Arrangement[]} others
 * @param {number} width
 * @param {number} height
 * @returns {Arrangement}
 */
export function largest(own, others, width, height) {
  /** @param {Arrangement} one */
  const fit = (one) => Math.min(width / one.size[0], height / one.size[1]);
  const best = others.reduce((a, b) => (fit(b) > fit(a) ? b : a), own);
  return fit(best) > WORTH_MOVING * fit(own) ? best : own;
}

/** The size of so many columns, see `sizeIn` of `Scene`.
 * @param {Staged} staged
 * @param {number} columns
 */
export function sizeIn({ tree, layouts }, columns) {
  return columns && columns < columnsOf(layouts) ? arranged(layouts, columns).size : tree.size;
}
