/* The laboratory's parts, and what they hand to each other.
 *
 * layers, box ── cutSheet ──► LabSheet ── into a PanelTree ──► panelOf
 *            └── measuresOf, tellAct ──► numbers and sentences of every stop
 * settings ── trainerOf (here), hire (in a worker) ──► Progress ── withParameters ──► layers
 * names, statements, tables ──► Points
 *
 * Layers are those of a chain as it is played, `played(layers)`: an affine map and its activation
 * are two of them, a softmax at the end is none. Rows are points: (N, D) is N·D numbers.
 */

import type { Colour, Layer, Numbers, Shaped, Sheet } from "../types.js";

export type { Layer, Sheet };

/** x0, x1, y0, y1 of the sheet in input coordinates. */
export type Limits = [number, number, number, number];

/** lab/cutting/sheet.js:
 *    played(layers: Layer[]): Layer[]
 *    cutSheet(layers: Layer[], limits: Limits, options: CutOptions): LabSheet
 *    boundaryOf(layers: Layer[], limits: Limits, fine?: number): LabLines
 *  lab/cutting/regions.js:
 *    regionsOf(layers: Layer[], limits: Limits): Regions | null     null: it bends, or has too many */
export interface CutOptions {
  /** While a hand moves: fewer cells, folds only where they end. */
  coarse: boolean;
  /** Whether the boundary is drawn; it is unless told otherwise. */
  boundary?: boolean;
}
/** What `sheet`, `input` and `creases` of a `PanelTree` hold. */
export interface LabSheet {
  /** (2, V), one axis after the other, as a panel takes it. */
  input: Float32Array & Shaped;
  /** (V, 2), exact. */
  vertices: Float64Array;
  /** With `chances` (cells, C) of the layers' last state as logits. */
  sheet: Sheet;
  /** Layer, unit, act, and from which time of it; acts are layers, as they are played. */
  creases: number[][];
  limits: Limits;
  /** Whether every state is affine on every cell. */
  exact: boolean;
  coarse: boolean;
  /** What is more than a picture can show. */
  left: LeftOut[];
}
/** Creases of a layer, or the boundary (−1), that are more than a picture can show. */
export interface LeftOut { layer: number; least: number; drawn: number }
/** Polylines, each of so many of `vertices` (V, 2), one after the other. */
export interface LabLines { vertices: Float64Array; lines: Uint32Array; lengths: Uint32Array }
export interface Regions {
  vertices: Float64Array; corners: Uint32Array; sizes: Uint32Array;
  /** (R, C, 2) and (R, C): the logits of a point p of region r are maps[r] p + shifts[r]. */
  maps: Float64Array; shifts: Float64Array;
  areas: Float64Array;
  /** (R, U): the piece of its activation on which each unit is; layer and unit of each. */
  patterns: Uint8Array; units: [number, number][];
  /** Regions at every stop, the input's first. */
  counts: number[];
}

/** lab/measures/measures.js:
 *    measuresOf(layers: Layer[], points: Numbers, labels: Numbers, sheet: LabSheet): StopMeasures[]
 *  lab/measures/telling.js:
 *    tellAct(layers: Layer[], k: number, sheet: LabSheet): string     what act k does, as "why" says it
 *  lab/measures/stops.js:
 *    tellStop(layers: Layer[], k: number, measured: StopMeasures[], model: { accuracy: number, classes: number }): string
 *  (Python: warpviz/laboratory/measuring.py; they stand behind the scene's modules) */
export interface StopMeasures {
  /** Of a linear probe, 0 … 1; null where there are no classes. */
  probe: number | null;
  separable: boolean | null;
  /** Of a plane with two classes: normal and offset of the line n·p + c = 0 of the probe, or of the
   * proof where one parts them. */
  line: [number, number, number] | null;
  fisher: number | null;
  /** Median factor of areas, and the share of the sheet that collapsed. */
  area: number | null; collapsed: number | null;
  /** Patterns and affine pieces; null where the chain bends smoothly. */
  regions: number | null; pieces: number | null;
  overlap: number | null;
}

/** lab/training/engine.js:
 *    parametersOf(layers: Layer[]): Float64Array                     weight, bias, weight, …
 *    withParameters(layers: Layer[], parameters: Numbers): Layer[]
 *  lab/training/trainer.js:
 *    lossAndGradients(layers: Layer[], points: Numbers, labels: Numbers, loss: string, penalties: Penalties): Slope
 *    accuracyOf(layers: Layer[], points: Numbers, labels: Numbers): number
 *    trainerOf(settings: TrainingSettings): Trainer                  in this thread
 *  lab/training/fresh.js:
 *    freshLayers(layers: Layer[], seed: number): Layer[]             first weights, biases 0
 *  lab/training/hire.js:
 *    hire(source: string, told: (progress: Progress) => void): Hired in a worker made of a text
 *    (Python: `packed_worker` of warpviz/laboratory/given.py, which `unpack` reads: {worker}) */
export interface Penalties { penalty: number; evenness: number }
export interface Slope { loss: number; gradients: Float64Array }
export interface TrainingSettings {
  layers: Layer[]; points: Float64Array; labels: Uint8Array;
  loss: "cross_entropy" | "mean_squared_error";
  optimizer: "descent" | "momentum" | "adam" | "lbfgs";
  rate: number;
  /** Points a step; 0 for all of them. */
  batch: number;
  penalties: Penalties;
  /** How many to go at most. */
  epochs: number;
  seed: number;
}
export interface Trainer {
  /** So many epochs more, or fewer where it ends. */
  run(epochs: number): Progress;
  now(): Progress;
}
export interface Progress {
  epoch: number; loss: number; accuracy: number; parameters: Float64Array;
  /** It is at its end: of its epochs, or of what the method can do, or the loss is no number. */
  done: boolean; diverged: boolean;
  /** What goes with the order, so that an older run's last words are known as such. */
  run: number;
}
/** What a worker is told: a start pauses at once; play goes on until told otherwise. */
export type Order =
  | { start: TrainingSettings; run: number }
  /* Goes on until `pause`, or the end. */
  | { play: true }
  | { pause: true }
  | { step: number }
  | { toEnd: true }
  | { snapshot: true };
export interface Hired { tell(order: Order): void; dismiss(): void }

/** lab/data/sets.js:
 *    makePoints(name: string, asked: Asked): Points                   "rings", "spirals:3", …
 *    pointsOfStatement(text: string, asked: Asked): Points            "y > sin(x)"
 *  lab/data/table.js:
 *    readTable(text: string): Points                                  a CSV, by its simple rules
 *    csvOf(points: Points): string
 *  lab/data/activation.js:
 *    knowActivation(text: string): string        its name in `ACTIVATIONS`; a formula is learnt first
 *    activationNames(): string[]
 *  lab/data/formula.js:
 *    formulaText(layers: Layer[], form: "plain" | "latex"): string[]  a line a layer
 *  What cannot be read is a `Trouble` whose message is said in the page's language. */
export interface Asked { count: number; noise: number | null; seed: number }
export interface Points {
  x: Float64Array; y: Uint8Array; classNames: string[]; features: string[];
  /** What is to be told of how it was read; "" for nothing. */
  remark: string;
}

/** Of an activation, by Python or, of one typed in, by the page. */
export interface ActivationRecord {
  name: string;
  spoken: string; latex: string; caption: string;
  /** Where it bends, of straight pieces alone; null where it is curved. */
  breakpoints: number[] | null;
  /** Slope and value at 0 of each piece, from the left; one number, or one a unit. */
  slopes: number[][]; shifts: number[][];
  jumps: number[];
  /** Where it bends sharply or jumps, also between curved parts. */
  sharp: number[];
  /** Whether it is bounded and rising, "squashes". */
  squashes: boolean;
  /** Where its formula goes over to another branch, sharply or not. */
  branches: number[];
  /** Whether the page knew it from the start; and how much wider first weights before it are. */
  built: boolean; gain: number;
}
/** Writes value and slope of `count` numbers from `start` on, of a unit where each has its own. */
export type Fill = (z: Float64Array, value: Float64Array, slope: Float64Array, start: number, count: number, unit: number) => void;

export type { Colour, Numbers };
