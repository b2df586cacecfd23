/* A film in the browser: decoded from its payload, drawn at any moment.
 *
 * The engine's files are joined into one script, in the order of `engine.py`, inside one function;
 * they share their names with the user interface that is joined after them.
 *
 *   const film = await warpviz.load(payload)   payload: base64 text, or an element that holds it
 *
 * What a film is and does: `Film` in api.d.ts.
 */

/** @import { FilmTree, Held, Moment, Scene, Scenes, Theme } from "./types.js" */
/** @import { Colours, Film, Shown } from "./api.js" */

import { SCENES } from "./scenes.js";
import { unpack } from "./payload.js";
import { css } from "./marks/overlay.js";
import { clockOf } from "./clock.js";
import { paint } from "./paint.js";

/**
 * Read a film from its payload.
 * @param {string | Element} source
 */
export async function load(source) {
  // What `pack` packed is a film's tree: its checksum was right.
  return filmOf(/** @type {FilmTree} */ (await unpack(source)));
}

/**
 * A film from its tree.
 * @param {FilmTree} tree
 * @returns {Film}
 */
export function filmOf(tree) {
  const make = /** @type {(tree: FilmTree, scenes: Scenes) => Scene} */ (SCENES[tree.kind]);
  return playable(make(tree, SCENES), tree);
}

/**
 * A film of a scene, whoever made it: its clock, its colours, and what it tells of itself.
 * @param {Scene} scene
 * @param {Omit<FilmTree, "kind">} tree
 * @returns {Film}
 */
export function playable(scene, tree) {
  const { holds, moving, ease, fps, first } = tree.timeline;
  const clock = clockOf(tree.timeline);
  const acts = moving.length;
  const { title, parts } = scene;
  const stops = () => scene.stops.slice(first, first + acts + 1); // the laboratory's tell how many are right
  const actNames = scene.acts.slice(first, first + acts);
  const shows = new Set(scene.shown);
  /** @type {Held} */
  const held = { kept: null, stage: null };
  return {
    get size() { return scene.size; },
    get columns() { return scene.columns; },
    get panels() { return scene.panels(); },
    title, description: tree.description, notes: tree.notes, classNames: tree.class_names,
    loop: tree.loop, acts, actNames, clock,
    get stops() { return stops(); },
    theme: tree.theme, themes: Object.keys(tree.themes),
    show: new Set(shows), parts,
    timeline: {
      stops: stops().map((name, i) => ({ name, seconds: clock.stop(i), hold: holds[i] })),
      acts: actNames.map((name, k) => ({ name, seconds: clock.stop(k) + holds[k], length: moving[k] })),
      ease, fps,
    },
    tell: ({ k, t }) => scene.tell(k, t),
    moment: (step) => momentOf(step, acts, first),
    step: ({ k, t }) => k + t - first,
    part: ({ k, t }) => (k + t) / Math.max(tree.timeline.acts, 1),
    colours: (name) => coloursOf(themeOf(tree, name).theme),
    arrange: (columns) => scene.arrange(columns),
    bestIn: (width, height) => scene.bestIn(width, height),
    paint: (context, shown = {}) => paint(scene, held, context, wornOf(tree, shows, shown), shown),
    pick: (x, y, seen = {}) => scene.pick(x, y, seen),
    inputAt: (x, y, seen = {}) => scene.inputAt(x, y, seen),
    states: (panel, point) => scene.states(panel, point),
    acting: (panel, moment) => scene.acting(panel, moment),
    place: (panel, point, seen = {}) => scene.place(panel, point, seen),
  };
}

/** The theme of a name; the film's own for others.
 * @param {Pick<FilmTree, "theme" | "themes">} tree
 * @param {string | undefined} wanted
 */
function themeOf(tree, wanted) {
  const name = wanted !== undefined && Object.hasOwn(tree.themes, wanted) ? wanted : tree.theme;
  return { name, theme: tree.themes[name] };
}

/** All that a scene needs to know of what is asked for.
 * @param {Pick<FilmTree, "theme" | "themes">} tree
 * @param {Set<string>} shows
 * @param {Shown} shown
 */
function wornOf(tree, shows, { k = 0, t = 0, view = null, probes = [], hover = null, show = shows, theme }) {
  return { k, t, view, probes, hover, show, ...themeOf(tree, theme) };
}

/** A place counted in stops as an act of the whole film and its time.
 * @param {number} step
 * @param {number} acts
 * @param {number} first
 * @returns {Moment}
 */
function momentOf(step, acts, first) {
  const place = Math.min(Math.max(step, 0), acts);
  const k = Math.min(Math.floor(place), Math.max(acts - 1, 0));
  return { k: first + k, t: place - k };
}

/** A theme's colours as css.
 * @param {Theme} theme
 * @returns {Colours}
 */
function coloursOf(theme) {
  const { background, text, muted, line, outline, doubt, shade, boundary, scheme } = theme;
  const [classes, cloth, creases, signs] = [theme.classes, theme.cloth, theme.creases, theme.signs].map((all) => all.map((one) => css(one)));
  return {
    background: css(background), text: css(text), muted: css(muted), line: css(line), outline: css(outline),
    doubt: css(doubt), shade: css(shade), boundary: css(boundary), classes, cloth, creases, signs, scheme,
  };
}
