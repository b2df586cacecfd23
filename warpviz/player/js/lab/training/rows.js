/* Sums over rows of units, the innermost loops of training: each runs along the points. */

/** z_i = b_i + Σ_j w_ij x_j for every output, of four inputs at a time.
 * @param {Float64Array} x
 * @param {number} n_in
 * @param {Float64Array} z
 * @param {number} n_out
 * @param {Float64Array} w parameters, the weight (n_out, n_in) from `at` on, the bias behind it
 * @param {number} at
 * @param {number} stride of rows
 * @param {number} count of points
 */
export function affineRows(x, n_in, z, n_out, w, at, stride, count) {
  const bias = at + n_in * n_out;
  for (let i = 0; i < n_out; i++) {
    const row = at + i * n_in;
    sumRows(x, stride, n_in, z, i * stride, w, row, 1, w[bias + i], count);
  }
}

/** d_j = Σ_i w_ij d_i: what reaches the inputs of the outputs' gradients.
 * @param {Float64Array} delta
 * @param {number} n_out
 * @param {Float64Array} out
 * @param {number} n_in
 * @param {Float64Array} w
 * @param {number} at
 * @param {number} stride
 * @param {number} count
 */
export function backRows(delta, n_out, out, n_in, w, at, stride, count) {
  for (let j = 0; j < n_in; j++) sumRows(delta, stride, n_out, out, j * stride, w, at + j, n_in, 0, count);
}

/** One row as a sum of others, each times a number.
 * @param {Float64Array} x
 * @param {number} stride
 * @param {number} rows how many
 * @param {Float64Array} z
 * @param {number} to where the row begins
 * @param {Float64Array} w
 * @param {number} at where the first of the numbers is
 * @param {number} apart how far the next ones are
 * @param {number} start what the sum begins with
 * @param {number} count
 */
function sumRows(x, stride, rows, z, to, w, at, apart, start, count) {
  const a = w[at];
  const b = rows > 1 ? w[at + apart] : 0;
  const c = rows > 2 ? w[at + 2 * apart] : 0;
  const d = rows > 3 ? w[at + 3 * apart] : 0;
  if (rows === 1) {
    for (let p = 0; p < count; p++) z[to + p] = start + a * x[p];
  } else if (rows === 2) {
    for (let p = 0; p < count; p++) z[to + p] = start + (a * x[p] + b * x[stride + p]);
  } else if (rows === 3) {
    for (let p = 0; p < count; p++) z[to + p] = start + (a * x[p] + b * x[stride + p] + c * x[2 * stride + p]);
  } else {
    for (let p = 0; p < count; p++) z[to + p] = start + (a * x[p] + b * x[stride + p] + c * x[2 * stride + p] + d * x[3 * stride + p]);
  }
  for (let first = 4; first < rows; first += 4) moreRows(x, stride, first, Math.min(rows - first, 4), z, to, w, at + first * apart, apart, count);
}

/** Up to four further rows added.
 * @param {Float64Array} x
 * @param {number} stride
 * @param {number} first
 * @param {number} rows
 * @param {Float64Array} z
 * @param {number} to
 * @param {Float64Array} w
 * @param {number} at
 * @param {number} apart
 * @param {number} count
 */
function moreRows(x, stride, first, rows, z, to, w, at, apart, count) {
  const from = first * stride;
  if (rows === 4) {
    const [a, b, c, d] = [w[at], w[at + apart], w[at + 2 * apart], w[at + 3 * apart]];
    for (let p = 0; p < count; p++) z[to + p] += a * x[from + p] + b * x[from + stride + p] + c * x[from + 2 * stride + p] + d * x[from + 3 * stride + p];
    return;
  }
  for (let row = 0; row < rows; row++) {
    const a = w[at + row * apart];
    const own = from + row * stride;
    for (let p = 0; p < count; p++) z[to + p] += a * x[own + p];
  }
}

/** The gradient of weight and bias: Σ d_i x_j and Σ d_i over all points, times a share.
 * @param {Float64Array} delta
 * @param {number} n_out
 * @param {Float64Array} x
 * @param {number} n_in
 * @param {Float64Array} gradient
 * @param {number} at
 * @param {number} stride
 * @param {number} count
 * @param {number} share
 */
export function gradientRows(delta, n_out, x, n_in, gradient, at, stride, count, share) {
  const bias = at + n_in * n_out;
  for (let i = 0; i < n_out; i++) {
    const own = i * stride;
    let sum = 0;
    for (let p = 0; p < count; p++) sum += delta[own + p];
    gradient[bias + i] = sum * share;
    for (let j = 0; j < n_in; j += 3) productRows(delta, own, x, j, Math.min(n_in - j, 3), gradient, at + i * n_in + j, stride, count, share);
  }
}

/** Products of one row with up to three others.
 * @param {Float64Array} delta
 * @param {number} own
 * @param {Float64Array} x
 * @param {number} first
 * @param {number} rows
 * @param {Float64Array} gradient
 * @param {number} at
 * @param {number} stride
 * @param {number} count
 * @param {number} share
 */
function productRows(delta, own, x, first, rows, gradient, at, stride, count, share) {
  const from = first * stride;
  let a = 0;
  let b = 0;
  let c = 0;
  if (rows === 3) {
    for (let p = 0; p < count; p++) {
      const d = delta[own + p];
      a += d * x[from + p];
      b += d * x[from + stride + p];
      c += d * x[from + 2 * stride + p];
    }
  } else if (rows === 2) {
    for (let p = 0; p < count; p++) {
      const d = delta[own + p];
      a += d * x[from + p];
      b += d * x[from + stride + p];
    }
  } else {
    for (let p = 0; p < count; p++) a += delta[own + p] * x[from + p];
  }
  gradient[at] = a * share;
  if (rows > 1) gradient[at + 1] = b * share;
  if (rows > 2) gradient[at + 2] = c * share;
}
