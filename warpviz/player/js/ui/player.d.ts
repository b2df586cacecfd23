/* What the modules of the user interface hand to each other: the player, and the page's elements. */

import type { Film, Found, Marked, Seen } from "../api.js";
import type { Moment, Place, View } from "../types.js";

/** A probe point that somebody dropped on a panel; `extent` is what the arrows' way is a part of. */
export interface Probe extends Marked { panel: number; label: string; extent: number }

/** On the way from one second of the film to another; `began` in ms of the page. */
export interface Glide { from: number; to: number; began: number }

/** Where a film is in time, and where it goes. */
export interface Course {
  readonly film: Pick<Film, "clock" | "acts" | "step">;
  seconds: number; playing: boolean; speed: number; looping: boolean; glide: Glide | null;
  /** The second at which it stops, null: at its end; and whether it stands there. */
  until: number | null; ended: boolean;
}

/** Part of what is drawn: how finely, and whether in full. */
export interface Drawn { scale: number; coarse: number; sharp: boolean }

/** A place in the window, such as a pointer's. */
export interface Spot { clientX: number; clientY: number }

export type Autoplay = "always" | "seen" | "0";

/** What a player tells of itself to tests and hosts. */
export interface State {
  /** What the page around calls this film; "" for nothing. */
  name: string;
  /** Where it is, in stops and in seconds; how many stops there are, and their names. */
  step: number; seconds: number; stops: number; names: string[];
  /** Whether time goes on; whether it stands at its end. */
  playing: boolean; ended: boolean;
  autoplay: Autoplay; seen: boolean; theme: string; speed: number; loop: boolean;
  view: View; show: string[]; probes: { panel: number; label: string; point: number[] }[];
}

/** The player of a film: its state, and functions that change it. */
export interface Player extends Course, Drawn {
  readonly film: Film; readonly canvas: HTMLCanvasElement;
  /** Among other films of a page. */
  name: string;
  /** Whether whoever looks asked for less motion. */
  readonly calm: boolean;
  theme: string; followsSystem: boolean; readonly show: Set<string>; readonly view: View;
  /** Replaced, never changed in place. */
  probes: Probe[];
  /** The probe that was chosen last, −1 without one; what the pointer is on. */
  chosen: number; hover: Found | null;
  /** Whether the numbers of what acts are shown. */
  matrices: boolean;
  /** On paper the present moment alone. */
  printsStop: boolean;
  /** When it plays by itself: always, while it is seen, or when asked to (0). */
  autoplay: Autoplay;
  /** Whether somebody can see it; what is not seen is held, `playing` or not. */
  seen: boolean;

  /** Be told when the state may have changed. */
  listen(listener: (player: Player) => void): void;
  /** Tell all who listen, now. */
  inform(): void;
  /** Whether time goes on: it plays, and is seen or need not be. */
  running(): boolean;
  /** Draw with the next frame; draw now. */
  redraw(): void; draw(stopped?: boolean): void;
  moment(): Moment; step(): number; stop(): number;
  /** Whether the film rests at a stop. */
  resting(): boolean;
  seek(seconds: number): void;
  /** Stand at a place counted in stops, such as 2.5. */
  go(step: number): void;
  play(until?: number | null): void; pause(): void;
  /** By hand: whoever presses a button sees it. */
  toggle(): void;
  /** The stop before (−1) or after (1) where the film is. */
  neighbour(by: number): number;
  /** Glide to a stop; play until a stop and rest there, from one before it where the film is not on
   * its way from that one, else from where it is; back to one at once. */
  glideTo(stop: number): void; playTo(stop: number, from?: number | null): void;
  turn(yaw: number, pitch: number): void;
  /** Zoom by a factor about a film pixel, by default the middle of the first panel. */
  zoom(by: number, at?: Place | null): void;
  pan(x: number, y: number): void; reset(): void;
  /** Whether the view is not the film's own. */
  viewed(): boolean;
  /** What is shown is another one at the same moment: draw it now, and tell all. */
  anew(): void;
  /** Fit the picture into so many CSS pixels. */
  fit(width: number, height: number): void;
  /** From a place in the window to film pixels. */
  pixel(spot: Spot): Place;
  /** What `film.pick` and its kin need to know of now. */
  now(): Seen & Moment;
  /** A name of the film's themes, or "auto" for the system's. */
  setTheme(name: string): void;
}

/** The elements of template.html, by id. */
export interface Elements {
  player: HTMLElement; stage: HTMLDivElement; view: HTMLDivElement; picture: HTMLCanvasElement;
  hint: HTMLOutputElement; numbers: HTMLElement; matrix: HTMLElement; weights: HTMLButtonElement; trouble: HTMLParagraphElement;
  ticks: HTMLDivElement; done: HTMLElement; scrubber: HTMLInputElement; label: HTMLOutputElement;
  previous: HTMLButtonElement; play: HTMLButtonElement; next: HTMLButtonElement;
  now: HTMLSpanElement; speed: HTMLSelectElement; toggles: HTMLDivElement; story: HTMLDivElement;
  probe: HTMLButtonElement; reset: HTMLButtonElement; theme: HTMLButtonElement;
  parts: HTMLDetailsElement;
  link: HTMLButtonElement; full: HTMLButtonElement; help: HTMLButtonElement; keys: HTMLDialogElement;
  more: HTMLDetailsElement; png: HTMLButtonElement; svg: HTMLButtonElement;
  told: HTMLParagraphElement; said: HTMLParagraphElement; strip: HTMLDivElement;
}

/** What a page around may ask for in a message; it may say anything. */
export interface Asked {
  to?: unknown; theme?: unknown; speed?: unknown; loop?: unknown; step?: unknown; playTo?: unknown;
  /** With `playTo`: the stop at which the film stands for whoever asks. */
  from?: unknown;
  play?: unknown; pause?: unknown; tell?: unknown; autoplay?: unknown;
  /** By name, values to take; and a number that is told back, so that nobody mistakes what was told before. */
  traits?: unknown; number?: unknown;
}

/** A part of a player's state that a page around may read and set. */
export interface Trait { of(player: Player): unknown; set(player: Player, value: unknown): void }

declare global {
  /** For whoever is curious; `warpviz.state()` is what stays. */
  var player: Player;
}
