/* Random numbers out of a seed: the same ones in every browser. */

/** @import { Random } from "./data.d.ts" */

/** A generator. Source: Chris Doty-Humphrey's sfc32, of PractRand, warmed up.
 * @param {number} seed
 * @returns {Random}
 */
export function randomOf(seed) {
  let a = 0;
  let b = seed >>> 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 20; i++) next();
  // 53 bits, as many as a double holds.
  const unit = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  const integer = (/** @type {number} */ below) => Math.floor(unit() * below);
  return {
    uniform: (low, high) => low + (high - low) * unit(),
    // Source: Box & Muller 1958.
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    integer,
    shuffle(order) {
      for (let i = order.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
    },
  };
}
