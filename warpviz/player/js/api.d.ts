/* A film as the user interface, the laboratory and tests see it: what `load` of film.js gives. */

import type { Clock, Colour, Context, Moment, Place, Table, View } from "./types.js";

/** A probe point that is drawn in every panel that has a chain; its place in input coordinates. */
export interface Marked { point: number[]; label?: string }

/** What stands at a place of the picture. */
export interface Found {
  /** −1 outside of panels, as on a chart's curve. */
  panel: number; kind: "dot" | "probe" | "sheet" | "curve"; index: number;
  /** The class's number, of dots alone. */
  label: number | null;
  /** The class's name, or the probe's letter. */
  name: string;
  /** Input coordinates, where they are known. */
  input: number[] | null;
  /** The numbers at each stop; null where the weights are not shipped. */
  values: number[][] | null;
  at: Place;
  /** Of a curve: the point on it, in numbers. */
  told?: string;
}

/** A moment as it was painted: by default stop 0, as the film's own camera sees it. */
export interface Seen { k?: number; t?: number; view?: Partial<View> | null; probes?: Marked[] }

/** What is painted, and how. */
export interface Shown extends Seen {
  /** What `pick` gave: is marked. */
  hover?: Found | null;
  /** Device pixels per film pixel; by default the canvas's width over the film's. */
  scale?: number;
  /** The same of the cloth, by default `scale`; lower is faster, text and axes stay sharp. */
  detail?: number;
  /** A name of `themes`, and the parts that are drawn; by default the film's. */
  theme?: string; show?: Set<string>;
}

/** A panel, for those who do not draw it. */
export interface Summary {
  title: string; stops: string[]; acts: string[]; notes: string[];
  /** Units of each state. */
  widths: number[];
  /** The input's coordinates in their own units: name, shift, factor. */
  ownAxes: [string, number, number][];
  /** Of the input; 0 where the input is not known. */
  features: number;
  /** Whether a state is seen in space, one each; and whether any is. */
  space: boolean[]; hasSpace: boolean;
  /** What each act computes; [] where that is not known. */
  formulas: string[];
  /** Whether the weights are known. */
  hasChain: boolean;
  /** Whether the last state is probabilities. */
  endsInChances: boolean;
  /** Whether the last state tells classes: probabilities, or logits. */
  endsInClasses: boolean;
  /** x0, y0, x1, y1 in film pixels, and the middle that the view zooms about. */
  box: [number, number, number, number]; centre: Place;
}

/** What acts in a panel at a moment, at a stop what led there: which act, its name, what it
 * computes, and the numbers of its affine maps; null where they are not shipped. */
export interface Acting {
  act: number; name: string; formula: string; maps: { weight: Table; bias: Table }[] | null;
}

/** Panels in so many columns, and the size of the whole. */
export interface Arrangement { columns: number; size: Place }

/** A theme's colours as css. */
export interface Colours {
  background: string; text: string; muted: string; line: string; outline: string; doubt: string;
  shade: string; boundary: string; classes: string[]; cloth: string[]; creases: string[];
  signs: string[]; scheme: "dark" | "light";
}

export interface Film {
  /** Width and height in film pixels, of the arrangement of its panels. */
  readonly size: Place;
  /** Panels in a row. */
  readonly columns: number;
  readonly panels: Summary[];
  readonly title: string; readonly description: string; readonly notes: string[];
  readonly classNames: string[];
  /** Total plays; 0 plays forever. */
  readonly loop: number;
  /** How many acts there are, stops − 1; their names and the stops', of the deepest panel. */
  readonly acts: number; readonly actNames: string[]; readonly stops: string[];
  /** The theme that the author chose, and those there are. */
  readonly theme: string; readonly themes: string[];
  /** The parts drawn by default, and those there are in this film, in the order of --show. */
  readonly show: Set<string>; readonly parts: string[];
  readonly timeline: {
    stops: { name: string; seconds: number; hold: number }[];
    acts: { name: string; seconds: number; length: number }[];
    ease: string;
    /** Frames a second. */
    fps: number;
  };
  readonly clock: Clock;
  /** What is told of a moment besides its name, such as "loss 0.02"; "" for nothing. */
  tell(moment: Moment): string;
  /** A place counted in stops from the first that is shown (2.5 is half-way through act 3), and back. */
  moment(step: number): Moment;
  step(moment: Moment): number;
  /** How far in the whole film a moment is, 0 … 1, also where this is a clip of it. */
  part(moment: Moment): number;
  colours(theme: string): Colours;

  /** Put the panels into other rows, 0 the author's: size and panels change. */
  arrange(columns: number): void;
  /** The arrangement that is largest in a room, the author's where that is about as large. */
  bestIn(width: number, height: number): Arrangement;

  /** Paint over a canvas of round(size · scale) device pixels.
   * Returns milliseconds, for whoever adapts `detail`. */
  paint(context: Context, shown?: Shown): { raster: number; total: number };

  /** What is at x, y in film pixels; what is asked is the picture that was painted. */
  pick(x: number, y: number, seen?: Seen): Found | null;
  /** The input point there: at stop 0 of the whole plane, else of the sheet. */
  inputAt(x: number, y: number, seen?: Seen): { panel: number; point: number[] } | null;
  /** The numbers of an input point at each stop of a panel; null without the weights. */
  states(panel: number, point: number[]): number[][] | null;
  /** What acts in a panel at a moment; null where that is not known. */
  acting(panel: number, moment: Moment): Acting | null;
  /** Where an input point is seen, in film pixels. */
  place(panel: number, point: number[], seen?: Seen): Place | null;
}
