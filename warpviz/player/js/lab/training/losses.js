/* Losses, and their slopes by the outputs of every point; outputs are rows of classes. */

/** The loss of outputs, a mean over points; where `delta` is given, its slope is written there.
 * @param {string} loss
 * @param {Float64Array} outputs
 * @param {number} classes
 * @param {Uint8Array} labels
 * @param {number} stride
 * @param {number} count
 * @param {Float64Array | null} delta
 */
export function lossOf(loss, outputs, classes, labels, stride, count, delta) {
  if (loss === "mean_squared_error") return squaredError(outputs, classes, labels, stride, count, delta);
  return classes === 2 ? pairEntropy(outputs, labels, stride, count, delta) : crossEntropy(outputs, classes, labels, stride, count, delta);
}

/** −ln p_y of two classes: with g = z₁ − z₀ the chance of class 1 is 1/(1 + e^−g).
 * @param {Float64Array} z
 * @param {Uint8Array} labels
 * @param {number} stride
 * @param {number} count
 * @param {Float64Array | null} delta
 */
function pairEntropy(z, labels, stride, count, delta) {
  let total = 0;
  for (let p = 0; p < count; p++) {
    const gap = z[stride + p] - z[p];
    const e = Math.exp(-Math.abs(gap));
    const lost = labels[p] === 1 ? -gap : gap;
    total += Math.log1p(e) + (lost > 0 ? lost : 0);
    if (!delta) continue;
    const one = (gap > 0 ? 1 : e) / (1 + e) - labels[p];
    delta[stride + p] = one;
    delta[p] = -one;
  }
  return total / count;
}

/** ln Σ e^z − z_y; exponentials of what is at most 0 cannot overflow.
 * @param {Float64Array} z
 * @param {number} classes
 * @param {Uint8Array} labels
 * @param {number} stride
 * @param {number} count
 * @param {Float64Array | null} delta
 */
function crossEntropy(z, classes, labels, stride, count, delta) {
  let total = 0;
  for (let p = 0; p < count; p++) {
    let top = z[p];
    for (let c = 1; c < classes; c++) if (z[c * stride + p] > top) top = z[c * stride + p];
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(z[c * stride + p] - top);
    total += Math.log(sum) + top - z[labels[p] * stride + p];
    if (!delta) continue;
    for (let c = 0; c < classes; c++) delta[c * stride + p] = Math.exp(z[c * stride + p] - top) / sum - (c === labels[p] ? 1 : 0);
  }
  return total / count;
}

/** The mean of (output − target)² over classes and points; targets are 1 for the class, else 0.
 * @param {Float64Array} z
 * @param {number} classes
 * @param {Uint8Array} labels
 * @param {number} stride
 * @param {number} count
 * @param {Float64Array | null} delta
 */
function squaredError(z, classes, labels, stride, count, delta) {
  let total = 0;
  for (let c = 0; c < classes; c++) {
    for (let p = 0; p < count; p++) {
      const off = z[c * stride + p] - (labels[p] === c ? 1 : 0);
      total += off * off;
      if (delta) delta[c * stride + p] = (2 / classes) * off;
    }
  }
  return total / (classes * count);
}

/** How many points have their largest output, the first of equals, at their class.
 * @param {Float64Array} z
 * @param {number} classes
 * @param {Uint8Array} labels
 * @param {number} stride
 * @param {number} count
 */
export function rightOnes(z, classes, labels, stride, count) {
  let right = 0;
  for (let p = 0; p < count; p++) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (z[c * stride + p] > z[best * stride + p]) best = c;
    if (best === labels[p]) right++;
  }
  return right;
}
