/* Zeros of a value along straight ways, all at once. */

/** @import { Values } from "../cutting.d.ts" */

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
  const px = new Float64Array(count);
  const py = new Float64Array(count);
  const size = first.map((value, i) => Number.EPSILON * Math.max(Math.abs(value), Math.abs(last[i])));
  for (let step = 0; step < ZERO_STEPS; step++) {
    for (let i = 0; i < count; i++) {
      const gap = atLow[i] - atHigh[i];
      share[i] = low[i] + (high[i] - low[i]) * (atLow[i] / (gap === 0 ? 1 : gap));
      px[i] = x[i] + share[i] * dx[i];
      py[i] = y[i] + share[i] * dy[i];
    }
    const here = values(px, py);
    let open = false;
    for (let i = 0; i < count; i++) {
      if (Math.abs(here[i]) <= size[i] || high[i] - low[i] <= Number.EPSILON) continue;
      open = true;
      if ((here[i] > 0) === (first[i] > 0)) {
        if (moved[i] > 0) atHigh[i] /= 2;
        atLow[i] = here[i];
        low[i] = share[i];
        moved[i] = 1;
      } else {
        if (moved[i] < 0) atLow[i] /= 2;
        atHigh[i] = here[i];
        high[i] = share[i];
        moved[i] = -1;
      }
    }
    if (!open) break;
  }
  return share;
}
