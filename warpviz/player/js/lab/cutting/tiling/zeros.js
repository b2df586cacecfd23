/* Zeros of a value along straight ways, all at once. */

/** @import { Values } from "../cutting.d.ts" */

/** Enough to come to rounding; a kink takes most of them. */
const ZERO_STEPS = 48;

/** The part of each way at which a value, of opposite signs at its ends, is zero: regula falsi; an
 * end that stays twice counts half (Dowell & Jarratt, BIT 1971).
 * @param {Float64Array} x where each way begins
 * @param {Float64Array} y
 * @param {Float64Array} dx from there to its end
 * @param {Float64Array} dy
 * @param {Float64Array} first the value at its beginning
 * @param {Float64Array} last and at its end
 * @param {Values} values
 */
export function zerosBetween(x, y, dx, dy, first, last, values) {
  const count = x.length;
  const low = new Float64Array(count);
  const high = new Float64Array(count).fill(1);
  const atLow = first.slice();
  const atHigh = last.slice();
  const share = new Float64Array(count);
  const moved = new Int8Array(count);
  let open = Uint32Array.from({ length: count }, (_, i) => i);
  const size = first.map((value, i) => Number.EPSILON * Math.max(Math.abs(value), Math.abs(last[i])));
  for (let step = 0; step < ZERO_STEPS; step++) {
    const px = new Float64Array(open.length);
    const py = new Float64Array(open.length);
    open.forEach((i, k) => {
      const gap = atLow[i] - atHigh[i];
      const part = atLow[i] / (gap === 0 ? 1 : gap);
      // Of values that are no numbers, the middle.
      share[i] = low[i] + (high[i] - low[i]) * (part >= 0 && part <= 1 ? part : 0.5);
      px[k] = x[i] + share[i] * dx[i];
      py[k] = y[i] + share[i] * dy[i];
    });
    const found = values(px, py);
    open = open.filter((i, k) => {
      const here = found[k];
      if (Math.abs(here) <= size[i] || high[i] - low[i] <= Number.EPSILON) return false;
      if ((here > 0) === (first[i] > 0)) {
        if (moved[i] > 0) atHigh[i] /= 2;
        atLow[i] = here;
        low[i] = share[i];
        moved[i] = 1;
      } else {
        if (moved[i] < 0) atLow[i] /= 2;
        atHigh[i] = here;
        high[i] = share[i];
        moved[i] = -1;
      }
      return true;
    });
    if (!open.length) break;
  }
  return share;
}
