/* Numbers in words: shares in percent, rounded down, and short decimals. */

/** A share 0 … 1 in percent with so many digits, rounded down.
 * @param {number} share
 * @param {number} [digits]
 */
export function percentText(share, digits = 1) {
  const steps = 10 ** digits;
  // A billionth of a step: 0.29 · 100 is a hair less than 29.
  return `${(Math.floor(100 * share * steps + 1e-9) / steps).toFixed(digits)} %`;
}

/** Two significant digits; an exponent only where there would be many zeros.
 * @param {number} value
 */
export function shortNumber(value) {
  const size = Math.abs(value);
  const power = size ? Number(size.toExponential(1).split("e")[1]) : 0;
  if (value && !(size >= SMALL && size < LARGE)) {
    return value.toExponential(1).replace(/\.0(?=e)/, "").replace("e+", "e").replaceAll("-", "−");
  }
  const text = size >= 10 ? String(evenRounded(value)) : value.toFixed(1 - Math.min(power, Math.floor(Math.log10(size || 1))));
  return (text.includes(".") ? text.replace(/\.?0+$/, "") : text).replace("-", "−");
}

/** The nearest whole number, of two the even one.
 * @param {number} value
 */
function evenRounded(value) {
  const low = Math.floor(value);
  const rest = value - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}

const SMALL = 10 ** -4;
const LARGE = 10 ** 6;
