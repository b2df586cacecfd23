/* What training is made of. */

import type { Layer, Penalties } from "../lab.d.ts";

/** A state of all points, feature-major: row i, from i · `stride` on, is unit i of every point. */
export interface Rows { values: Float64Array; width: number }
/** What is done in order, from state `from` to state `to`; `weight` begins in the parameters at `at`. */
export interface Op {
  kind: "dense" | "bend" | "add" | "keep" | "softmax"; from: number; to: number; at: number;
  name: string; slope: Float64Array | null;
}
/** Loss and gradient of one chain, of points that are fed to it. */
export interface Engine {
  parameters: Float64Array; gradient: Float64Array;
  /** Take points, rows of (N, D), and labels: those that are named, from a place on, so many. */
  feed(points: Float64Array, labels: Uint8Array, order: Uint32Array | null, from: number, count: number): void;
  /** The loss with penalties; the gradient is then that of it. */
  evaluate(): number;
  /** The loss with penalties, and the share of points that are right. */
  look(): { loss: number; accuracy: number };
}
/** A method: so many epochs; false where it can go no further. */
export interface Method { run(epochs: number): { done: number; ended: boolean } }
export interface Made { layers: Layer[]; penalties: Penalties }
