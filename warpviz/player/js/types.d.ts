/* What the engine's modules hand to each other, for whoever reads them and for type checkers. */

import type { Acting, Arrangement, Found, Marked, Seen, Summary } from "./api.js";
import type { ChartTree, Grounds } from "./charts/charts.js";

export type * from "./charts/charts.js";

export type Colour = number[];
export type Place = [number, number];
export interface Shaped { shape: number[] }
export type Table = Float64Array & Shaped;
export interface Box { x0: number; y0: number; x1: number; y1: number }

export interface Theme {
  background: Colour; text: Colour; muted: Colour; line: Colour; outline: Colour; doubt: Colour;
  shade: Colour; boundary: Colour; classes: Colour[]; cloth: Colour[]; creases: Colour[];
  /** Of what is positive, and what is negative. */
  signs: Colour[];
  markers: number[]; ramp: boolean; scheme: "dark" | "light";
}

/** See `PanelLayout` of layout.py. */
export interface Layout {
  box: Box; safe: Box; em: number; caption_em: number; small: number; unit: number;
  title: Place | null; caption: Place; caption_width: number; remark: Place | null;
  notes: Place | null; notes_width: number; basis: Place | null; legend: Place | null; legend_names: string[];
  legend_columns: number; legend_small: number; track: number[]; scale: Place; network: Box | null;
}

export interface View { yaw: number; pitch: number; zoom: number; panX: number; panY: number }
export interface Moment { k: number; t: number }
/** Name, shift, factor: u is shift + factor·u in the axis' own units. */
export type AxisTree = [string, number, number];
export interface Axis { name: string; shift: number; factor: number }

export interface Surface {
  width: number; height: number; image: ImageData; top: number; pixels: Uint32Array;
  stride: number; sums: Float32Array; low: Int32Array; high: Int32Array; clip: Box;
}
export interface Kernel { table: Float32Array; taps: number; reach: number }
export interface Sprite { data: Float32Array; size: number; reach: number; spans: Uint8Array }
export interface Discs { all: Float32Array; filling: Float32Array; size: number; reach: number }

/** Of a residual layer, x + f(x), `inner` are the layers of f. */
export interface Layer {
  activation: string; weight: Table | null; bias: Table | null; inner?: Layer[];
}
export interface State { values: Float64Array | Float32Array; width: number }
/** x is seen at (x − centre)·axes; or the other way: u on the sheet lies at centre + axes·u. */
export interface Affine { centre: Table; axes: Table }
/** What a panel is computed from, see origin.py. */
export interface Origin { layers: Layer[]; acts: number[][]; views: Affine[]; embedding: Affine | null }
/** The same of what learns: a snapshot of all weights for each stop, of whose layers so many act on
 * what is shown; levels are the least and the greatest number that its tint tells. */
export interface Learnt {
  layers: Layer[]; snapshots: number; shown: number; levels: number[] | null;
  views: Affine[]; embedding: Affine | null;
}
export interface Quantised { low: Table; span: Table; steps: Uint16Array & Shaped }

export interface Swing {
  stretch: Table; planes: Table; angles: Table; trims: number; offset: Table; n_in: number;
  aside: Table | number[] | null; rest: boolean;
}
export interface Path {
  keyframes: Float64Array[]; swings: (Swing | null)[]; rests: (Float64Array | null)[];
  points: Float64Array;
}
export interface Camera {
  azimuth: Table; tilt: Table; lift: number[][]; safe: Box; centre: Table; offset: Table;
  middle: Table; radius: Table; extent: Table; times: Table;
  /** Whether it stays, though what it sees leaves its room. */
  still?: boolean;
}
export interface Lens {
  turn: number[]; pivot: number[]; radius: number; middle: number[]; centre: number[];
  scale: number; units: number;
}
export interface Weave {
  triangles: Uint32Array; owners: Uint32Array; edges: Uint32Array; cells: number;
  areas: Float64Array; near: Float64Array; weights: Float64Array; shown: Float64Array;
  values: Float64Array;
}
export interface Sheet {
  corners: Uint32Array; sizes: Uint32Array; lines: Uint32Array; lengths: Uint32Array;
  /** Kind, layer, unit, times, keyframe. */
  kinds: [string, number, number, number[] | null, number | null][];
  classes: number;
  /** (cells, C), or (K, cells, C); null where they are computed here. */
  chances: (Uint16Array & Shaped) | null;
}
/** Of a clip: `first` is the stop with which it begins, of a film of `acts` acts. */
export interface Timeline {
  holds: number[]; moving: number[]; ease: string; fps: number; first: number; acts: number;
}
export interface Clock {
  seconds: number; stop(i: number): number; nearest(seconds: number): number;
  at(seconds: number): Moment; of(moment: Moment): number;
}
export type Numbers = ArrayLike<number>;
export type Writable = Float64Array | Float32Array | number[];
export type Context = CanvasRenderingContext2D;

export interface Crease {
  act: number; start: number; times: number[] | null; keyframe: number | null;
}
export interface Segments {
  style: string; layer: number; crease: Crease | null; part: string; pairs: Uint32Array;
  inks: Float64Array;
}
export interface Pose {
  key: string; k: number; t: number; points: Float64Array; lens: Lens; flat: Float64Array;
  nearness: Float64Array;
}
/** The unit vectors of an affine act, see basis.py. */
export interface BasisTree {
  keyframes: Table; length: number; times: string; square: boolean; before: string; behind: string; digits: number;
  end: number;
}
export interface Basis extends BasisTree { path: Path }
/** The network as it is drawn, see network.py; places (U, 2) and lit (K, U). */
export interface Column { places: Table; lit: Table; cut: boolean; more: string }
export interface Network {
  columns: Column[];
  bundles: { before: number; after: number; ends: number[]; sizes: number[]; act: number }[];
  arounds: { points: Table; act: number }[]; acts: number[][]; stops: number[];
  radius: number; foot: number;
}
/** A panel as it is shipped, see panels.py. */
export interface PanelTree {
  title: string; stops: string[]; acts: string[]; notes: string[]; remarks: string[]; formulas: string[];
  axes: AxisTree[][]; own_axes: AxisTree[]; planar: boolean[]; widths: number[];
  layout: Layout; camera: Camera; swings: (Swing | null)[]; sheet: Sheet; creases: number[][];
  labels: Uint8Array; bases: (BasisTree | null)[]; network: Network | null; features: number;
  origin: Origin | Learnt | null;
  input: Quantised | (Float32Array & Shaped) | null; dots: (Float32Array & Shaped) | null;
  keyframes: Quantised | null;
  /** Of a panel that is made in the page: its keyframes, computed already. */
  known?: Float64Array[];
}
/** A panel made ready. */
export interface Panel extends Omit<PanelTree, "input"> {
  vertices: number; input: Float32Array | null; path: Path; centre: Path; woven: Weave;
  basis: (Basis | null)[];
  segments: Segments[]; layers: number[]; colours: Map<string, Numbers>;
  probes: Map<string, { path: Path; course: Float64Array }>; chances: Map<number, Uint16Array & Shaped>;
  middles: Float64Array | null; flat: Float64Array; fine: Float64Array; nearness: Float64Array;
  pose: Pose | null;
}
export interface Series { name: string; colour: Colour; radius: number; count: number }
export interface Classic extends Omit<ClassicTree, "keyframes"> {
  keyframes: Float64Array[]; unit: number; least: number; box: Box; points: Float64Array;
}
export interface ClassicPose { flat: Float64Array; low: number[]; high: number[] }

/** A film as it is shipped, see payload.py. */
interface AnyTree {
  size: Place; class_names: string[]; description: string; notes: string[]; loop: number;
  timeline: Timeline; theme: string; themes: Record<string, Theme>;
}
export interface ClothTree extends AnyTree {
  kind: "cloth"; headline: string; show: string[]; parts: string[]; panels: PanelTree[];
}
export interface ClassicTree extends AnyTree {
  kind: "classic"; stops: string[]; keyframes: Quantised; series: Series[];
}
export interface FigureTree extends AnyTree {
  kind: "figure"; headline: string; stops: string[]; cloth: ClothTree | null; charts: ChartTree[];
}
export type FilmTree = ClothTree | ClassicTree | FigureTree;
/** What is asked of a scene: a moment of it, seen so, in a theme, some of its parts. */
export interface Worn extends Moment {
  view: Partial<View> | null; probes: Marked[]; hover: Found | null;
  name: string; theme: Theme; show: Set<string>;
}
/** A moment of a scene, ready to be laid down: first what is pixels, then words and strokes. */
export interface Picture {
  /** Onto the rows that a surface holds from its `top` on; `detail` of its pixels a film pixel. */
  raster(surface: Surface, detail: number): void;
  dress(context: Context): void;
}
/** What a film shows at each moment of its clock. Whoever has one can be played: a film from a file,
 * or what learns in the page. */
export interface Scene {
  readonly title: string;
  /** Names of the clock's stops, and of the acts between them. */
  readonly stops: string[]; readonly acts: string[];
  /** Parts that may be shown, and those that are at first. */
  readonly parts: string[]; readonly shown: string[];
  readonly size: Place; readonly columns: number;
  at(worn: Worn): Picture;
  panels(): Summary[];
  tell(k: number, t: number): string;
  arrange(columns: number): void;
  /** The size that it would have in so many columns. */
  sizeIn(columns: number): Place;
  bestIn(width: number, height: number): Arrangement;
  pick(x: number, y: number, seen: Seen): Found | null;
  inputAt(x: number, y: number, seen: Seen): { panel: number; point: number[] } | null;
  states(panel: number, point: number[]): number[][] | null;
  acting(panel: number, moment: Moment): Acting | null;
  place(panel: number, point: number[], seen: Seen): Place | null;
  /** Of cloth: what a panel is seen through, for whoever draws over it. */
  lens?(panel: number, seen: Seen): Lens | null;
}
/** What makes a scene of each kind; a player has those that its film needs. */
export interface Scenes {
  cloth(tree: ClothTree, scenes: Scenes): Scene;
  classic(tree: ClassicTree, scenes: Scenes): Scene;
  figure(tree: FigureTree, scenes: Scenes): Scene;
  ground(): Grounds;
}
/** Kept to be drawn on again: the raster, and a canvas for one that is coarser than the picture. */
export interface Held { kept: Surface | null; stage: Context | null }

/** Panels of cloth made ready, and what changes of them while they are shown. */
export interface Staged {
  readonly tree: ClothTree; readonly panels: Panel[]; readonly acts: number;
  /** The author's. */
  readonly layouts: Layout[];
  size: Place; columns: number;
}
