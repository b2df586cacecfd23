/* What states are measured by. */

import type { Tiling } from "../cutting/cutting.d.ts";
import type { Limits } from "../lab.d.ts";

/** Rows of numbers (N, D). */
export interface Cloud { values: Float64Array; width: number; count: number }
/** A linear read-out, scores(x) = W (x − centre) + b, a row a class. */
export interface Probe { weight: number[][]; bias: number[]; centre: number[]; loss: number; accuracy: number }
/** States made as round as a ball, with a column of ones; the ways there and back. */
export interface Whitened { rows: Cloud; centre: number[]; forward: number[][]; backward: number[][] }
/** The sheet in pieces, and where units bend on it: for each layer, unit → number of its line. */
export interface MeasuredSheet {
  tiling: Tiling; areas: Float64Array; centres: Float64Array; limits: Limits;
  exact: boolean; counts: (number | null)[]; bends: Map<number, number>[] | null;
}
