/* Tilings of the plane and what is cut out of them. */

import type { Layer } from "../../types.js";
import type { ActivationRecord, LeftOut, Limits } from "../lab.d.ts";

/** R convex polygons, counter-clockwise, without T-junctions: `count` vertices with x, y and more
 * that is affine on every polygon, a column each; (R + 1) offsets into the corners. */
export interface Tiling {
  columns: Float64Array[]; count: number; corners: Uint32Array; offsets: Uint32Array;
}
/** A tiling after a cut: the old polygon of each, and on which side of it: −1, 0, 1. */
export interface Cut { tiling: Tiling; parents: Uint32Array; sides: Int8Array }
/** Values at places x, y. */
export type Values = (x: Float64Array, y: Float64Array) => Float64Array;

/** E edges, each once: start, end, the polygon on its left, on its right; −1 is outside. */
export type Edges = Int32Array;
export interface Tagged { tag: number; path: number[] }
/** A line on the sheet. */
export interface Line {
  path: number[] | Uint32Array; kind: string; layer: number; unit: number;
  times: [number, number] | null;
}
/** Lines over places of their own. */
export interface Drawn { x: number[]; y: number[]; lines: Line[] }

/** What is done in order: an affine map and an activation; or x is put aside, or added. */
export interface Step {
  kind: "layer" | "keep" | "add"; layer: number; weight: ArrayLike<number> | null; bias: ArrayLike<number> | null;
  record: ActivationRecord | null; width: number;
}
/** A tiling on each of whose polygons all is affine. */
export interface Pieces {
  /** x, y, the C logits, and the sizes of the terms that each was summed from. */
  tiling: Tiling; outputs: number;
  /** (R, 3, C): x maps[0] + y maps[1] + maps[2]. */
  maps: Float64Array;
  /** A column a unit, and layer and unit of each: 2 k on piece k, 2 k + 1 on a breakpoint. */
  codes: Uint8Array[]; units: [number, number][];
  counts: number[]; tears: Line[];
}
export type Place = [number, number];
/** On which side of every jump places are, a column a jump, and which lie on one. */
export interface Sides {
  columns: { layer: number; unit: number }[];
  of(places: Place[]): { above: Uint8Array[]; at: Uint8Array };
}
export type { Layer, LeftOut, Limits };
