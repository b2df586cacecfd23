/* What the parts of the laboratory's page hand to each other. */

import type { Film } from "../../api.js";
import type { Box, ClothTree, Layer, Layout, Lens, Scene, Theme } from "../../types.js";
import type { Player } from "../../ui/player.js";
import type { ActivationRecord, LabSheet, Limits, Points, StopMeasures } from "../lab.js";
import type { Directions } from "../scene/directions.js";

/** A layer as a `.json` model has it; the last one's activation is the identity, its logits. */
export interface OwnLayer { weight: number[][]; bias: number[]; activation: string }
/** A network of the picture; all columns have the same widths. */
export interface OwnColumn { layers: OwnLayer[] }

/** Where the points come from: a named set, own data, what was painted, a formula, a table. */
export type Source = "set" | "own" | "painted" | "formula" | "table";
export interface OwnData {
  source: Source;
  /** The set's name, the formula, or the table's file. */
  name: string;
  count: number; noise: number | null; seed: number;
  points: Points; limits: Limits;
}
export interface OwnTraining {
  optimizer: "descent" | "momentum" | "adam" | "lbfgs";
  rate: number; batch: number; penalty: number; evenness: number; epochs: number;
  /** Epochs from picture to picture; 0 as many as there is time for. */
  pace: number;
}
/** All that is undone and redone, saved in the address and handed to a notebook; never changed in
 * place. */
export interface Setup {
  columns: OwnColumn[];
  /** The column whose numbers are shown. */
  chosen: number;
  data: OwnData; training: OwnTraining; seed: number;
  lesson: { name: string; step: number } | null;
}

/** What a word of the address tells of a setup, if it is ours. */
export interface WordTold {
  form: number; chosen: number; training: Partial<OwnTraining>; seed: number; lesson: Setup["lesson"];
  data: Omit<OwnData, "points">; columns: [string, number[][], number[]][][];
  points: { x: number[]; y: number[]; classNames: string[]; features: string[] } | null;
}

/** How a change is made: one of many while a hand moves, and which of them are undone at once. */
export interface How {
  moving?: boolean;
  /** Changes of the same name in a row are one. */
  merge?: string;
  /** Not to be undone by itself, as what a training does. */
  silent?: boolean;
  /** The weights are first ones: nothing was trained yet. */
  fresh?: boolean;
}
export interface Store {
  readonly now: Setup;
  change(patch: Partial<Setup>, how?: How): void;
  /** A hand that moved rests: the next change is one of its own, whatever its name. */
  settle(): void;
  undo(): void; redo(): void;
  readonly canUndo: boolean; readonly canRedo: boolean;
  listen(listener: (now: Setup, before: Setup, how: How) => void): void;
}

/** What is laid out of the present setup. */
export interface Shown {
  tree: ClothTree; cuts: LabSheet[]; coarse: boolean; right: number[];
}
/** The laboratory: its state, its player, and what is shown. */
export interface Lab {
  readonly store: Store; readonly player: Player; readonly given: Given;
  readonly shown: Shown;
  /** The layers of a column as they are played. */
  playedLayers(column: number): Layer[];
  lens(panel: number): Lens | null;
  /** Let the camera stay while a hand moves what it would follow. */
  steady(stays: boolean): void;
  /** Lay the sheet out now, exactly. */
  exactly(): void;
  /** Be told when the exact sheet is there. */
  rested(listener: () => void): void;
  say(words: string): void;
}

export interface GivenSet { name: string; title: string; noise: number }
export interface GivenOptimizer { name: OwnTraining["optimizer"]; title: string; rate: number; epochs: number }
export interface LessonStep { task: string; check: Record<string, unknown>; hint?: string }
export interface Lesson {
  name: string; title: string; steps: LessonStep[];
  /** What it begins with: layers, a data set; what is not told stays. */
  start: { layers?: OwnLayer[]; widths?: number[]; activation?: string; data?: string; seed?: number; training?: Partial<OwnTraining>; stop?: number };
  /** Where its texts are the reader's own, and not sentences of the page. */
  own?: boolean;
}
/** What Python hands over, see page.py of warpviz/lab. */
export interface Given {
  theme: string; themes: Record<string, Theme>; show: string[]; parts: string[]; ease: string; fps: number;
  /** A layout for each number of columns, and one for a narrow window. */
  layouts: { size: [number, number]; panels: Layout[] }[];
  narrow: { size: [number, number]; panels: Layout[] };
  description: string;
  setup: Omit<Setup, "columns"> & { layers: OwnLayer[] };
  sets: GivenSet[]; optimizers: GivenOptimizer[]; activations: string[]; lessons: Lesson[];
  lesson: string | null; most: { layers: number; units: number; columns: number; points: number };
  /** How a command line asks for the points that Python gave, "" where it cannot by a name. */
  asked: string;
  worker: string; model: string;
}

export type { ActivationRecord, Box, Directions, Film, Layer, LabSheet, Layout, Lens, Limits, Player, Points, Scene, StopMeasures, Theme };
