/* Small matrices, as rows of numbers: what the motion of a layer is computed from. */

/** @typedef {number[][]} Rows */

/** The identity, or so many of its columns.
 * @param {number} size
 * @param {number} [columns]
 */
export function unitRows(size, columns = size) {
  return Array.from({ length: size }, (_, i) => Array.from({ length: columns }, (__, j) => Number(i === j)));
}

/** a·b; b may have no columns.
 * @param {Rows} a
 * @param {Rows} b
 */
export function times(a, b) {
  const columns = b.length ? b[0].length : 0;
  return a.map((row) => Array.from({ length: columns }, (_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
}

/** The transpose; of no rows, so many empty ones.
 * @param {Rows} a
 * @param {number} [columns]
 */
export function turnedOver(a, columns = a.length ? a[0].length : 0) {
  return Array.from({ length: columns }, (_, j) => a.map((row) => row[j]));
}

/** Some columns.
 * @param {Rows} a
 * @param {(column: number) => boolean} kept
 */
export const columnsOfRows = (a, kept) => a.map((row) => row.filter((_, j) => kept(j)));

/** a + factor·b.
 * @param {Rows} a
 * @param {Rows} b
 * @param {number} [factor]
 */
export const plus = (a, b, factor = 1) => a.map((row, i) => row.map((value, j) => value + factor * b[i][j]));

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export function inner(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The determinantOf of a square matrix, by elimination.
 * @param {Rows} a
 */
export function determinantOf(a) {
  const rows = a.map((row) => row.slice());
  let product = 1;
  for (let k = 0; k < rows.length; k++) {
    let pivot = k;
    for (let i = k + 1; i < rows.length; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    if (rows[pivot][k] === 0) return 0;
    if (pivot !== k) product = -product;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    product *= rows[k][k];
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j < rows.length; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return product;
}

/** x of a·x = b for square a of full rank, by elimination.
 * @param {Rows} a
 * @param {Rows} b
 */
export function solved(a, b) {
  const size = a.length;
  const rows = a.map((row, i) => [...row, ...b[i]]);
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j < rows[k].length; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return rows.map((row, i) => row.slice(size).map((value) => value / row[i]));
}

/** Columns (n of them, as arrays) turned against each other until they are at right angles (Hestenes
 * 1958): A·V = U·S, with the singular values falling, and V as rows (n, n).
 * @param {Float64Array[]} columns changed in place, to U·S
 */
function orthogonalised(columns) {
  const n = columns.length;
  const right = unitRows(n);
  for (let sweep = 0, turned = true; turned && sweep < 40; sweep++) {
    turned = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const [a, b] = [columns[p], columns[q]];
        const [pp, qq, pq] = [inner(a, a), inner(b, b), inner(a, b)];
        if (Math.abs(pq) <= 1e-15 * Math.sqrt(pp * qq)) continue;
        turned = true;
        const zeta = (qq - pp) / (2 * pq);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + t * t);
        rotate(a, b, c, c * t);
        for (const row of right) [row[p], row[q]] = [c * row[p] - c * t * row[q], c * t * row[p] + c * row[q]];
      }
    }
  }
  return right;
}

/**
 * @param {Float64Array} a
 * @param {Float64Array} b
 * @param {number} c
 * @param {number} s
 */
function rotate(a, b, c, s) {
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    a[i] = c * x - s * b[i];
    b[i] = s * x + c * b[i];
  }
}

/** A = U·S·Vᵀ of columns: U as columns, singular values falling, V as rows (n, n). Columns of U
 * whose value is 0 are 0, unless U is square: then they are what makes it orthogonal.
 * @param {Float64Array[]} columns
 */
export function singular(columns) {
  const own = columns.map((column) => column.slice());
  const right = orthogonalised(own);
  const values = own.map((column) => Math.sqrt(inner(column, column)));
  const order = values.map((_, j) => j).sort((i, j) => values[j] - values[i]);
  const left = order.map((j) => (values[j] > 0 ? own[j].map((value) => value / values[j]) : own[j]));
  const sorted = { values: order.map((j) => values[j]), right: right.map((row) => order.map((j) => row[j])) };
  return { left, ...sorted };
}

/** The same of a small square matrix, U and V as rows (n, n), both orthogonal.
 * @param {Rows} a
 * @param {number} least of the largest value; below it a column of U says nothing
 */
export function singularSquare(a, least) {
  const n = a.length;
  const { left, values, right } = singular(turnedOver(a, n).map((column) => Float64Array.from(column)));
  const sure = left.filter((_, j) => values[j] > least * values[0]).map((column) => Array.from(column));
  const whole = completed(sure, n);
  return { left: turnedOver(whole, n), values, right };
}

/** Orthonormal rows with more of them, until they are a basis of n dimensions.
 * @param {Rows} rows
 * @param {number} n
 */
export function completed(rows, n) {
  const all = rows.map((row) => row.slice());
  while (all.length < n) {
    // The axis that they know least of.
    const rests = unitRows(n).map((axis) => without(axis, all));
    const best = rests.reduce((a, b) => (inner(b, b) > inner(a, a) + 1e-9 ? b : a));
    all.push(normalised(without(normalised(best), all)));
  }
  return all;
}

/** What a vector has outside of orthonormal ones.
 * @param {number[]} vector
 * @param {Rows} others
 */
export function without(vector, others) {
  const rest = vector.slice();
  for (const other of others) {
    const share = inner(rest, other);
    for (let i = 0; i < rest.length; i++) rest[i] -= share * other[i];
  }
  return rest;
}

/** @param {number[]} vector */
export function normalised(vector) {
  const length = Math.sqrt(inner(vector, vector));
  return vector.map((value) => value / length);
}

/** Eigenvalues of a symmetric matrix, rising, and its eigenvectors as columns of rows (n, n); by
 * Jacobi's rotations.
 * @param {Rows} symmetric
 */
export function eigen(symmetric) {
  const n = symmetric.length;
  const a = symmetric.map((row) => row.slice());
  const vectors = unitRows(n);
  for (let sweep = 0; sweep < 40; sweep++) {
    let off = 0;
    let all = 0;
    a.forEach((row, i) => row.forEach((value, j) => { all += value * value; if (i !== j) off += value * value; }));
    if (off <= 1e-31 * all) break;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        if (a[p][q] === 0) continue;
        const zeta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + t * t);
        const s = c * t;
        for (const row of [...a, ...vectors]) [row[p], row[q]] = [c * row[p] - s * row[q], s * row[p] + c * row[q]];
        for (let j = 0; j < n; j++) [a[p][j], a[q][j]] = [c * a[p][j] - s * a[q][j], s * a[p][j] + c * a[q][j]];
      }
    }
  }
  const order = a.map((_, i) => i).sort((i, j) => a[i][i] - a[j][j]);
  return { values: order.map((i) => a[i][i]), vectors: vectors.map((row) => order.map((i) => row[i])) };
}
