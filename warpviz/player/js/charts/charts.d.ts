/* What charts are made of, as they are shipped and made ready. */

import type { Box, Colour, Context, Place, Shaped, Surface, Theme, View } from "../types.js";

/** A colour, or its name in the theme, such as "text" or "classes 2". */
export type Ink = string | Colour;
/** See still.py. */
export interface ShapeTree {
  points: Float32Array; places: Float32Array | null; fill: Ink | null; line: Ink | null;
  width: number; opacity: number[]; dashes: number[]; inside: Box | null; part: string;
}
export interface WordTree {
  text: string; at: Place; align: number; size: number; angle: number; colour: Ink; opacity: number;
  /** What it is of: axis, data, key, or "". */
  part: string;
}
export type MarkTree = ShapeTree | WordTree;
export interface ScaleTree { kind: string; low: number; high: number; straight: number; stretch: number }
/** A curve as it is shipped, see charts.py of the player: one that grows, or that moves. */
interface AnyCurve { name: string; colour: Ink; width: number; head: number | null; inside: Box | null }
export interface Growing extends AnyCurve {
  points: Float32Array; progress: Float64Array | null; ink: Float32Array | null;
}
export interface Moving extends AnyCurve {
  x: Float32Array; rows: { low: number; step: number; steps: Uint16Array & Shaped };
}
export type CurveTree = Growing | Moving;
export interface ChartTree {
  box: Box; inside: Box; scales: ScaleTree[]; marks: MarkTree[]; curves: CurveTree[];
  ground: GroundTree | null;
}
/** See `Ground` of still.py; heights, or their logarithms, in steps. */
export interface GroundTree {
  heights: { low: number; high: number; steps: Uint16Array & Shaped };
  levels: Float64Array; colours: Uint8Array; logarithmic: boolean; along: Float32Array[];
  names: string[];
}
/** A ground made ready: `share` is of a height, from the lowest level to the highest. */
export interface Ground {
  values: Float64Array; rows: number; columns: number; bounds: Float64Array; inks: Uint32Array;
  share(height: number): number; along: Float32Array[]; names: string[];
  depth: Float32Array; flat: Float64Array;
}
export type Place3 = [number, number, number];
/** How a map stands in the picture: film pixels and nearness of a place on it at a height's share. */
export interface Standing {
  turned: boolean; turn: number[]; fit: number; middle: number[];
  at(x: number, y: number, share: number): Place3;
}
/** What draws a ground; a player has it where its film needs it. */
export interface Grounds {
  groundOf(tree: GroundTree): Ground;
  standing(chart: ChartTree, view: Partial<View> | null): Standing;
  rasterGround(surface: Surface, chart: ChartTree, ground: Ground, stands: Standing, detail: number): void;
  putAround(
    context: Context, chart: ChartTree, ground: Ground, stands: Standing, k: number, t: number, theme: Theme,
  ): void;
}
