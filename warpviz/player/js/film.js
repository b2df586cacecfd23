/* A film in the browser: decoded from its payload, drawn at any moment.
 *
 * The engine's files are joined into one script, in the order of `engine.py`, inside one function;
 * they share their names with the user interface that is joined after them.
 *
 *   const film = await warpviz.load(payload)   payload: base64 text, or an element that holds it
 *
 * What a film is and does: `Film` in api.d.ts.
 */

/** @import { FilmTree, Moment, Staged } from "./types.js" */
/** @import { Colours, Film } from "./api.js" */

import { unpack } from "./payload.js";
import { css } from "./marks/overlay.js";
import { arrange, bestIn, columnsOf } from "./arrange.js";
import { panelOf, possible, summary } from "./panel.js";
import { classicOf } from "./classic.js";
import { clockOf } from "./clock.js";
import { actingAt, statesAt } from "./ask.js";
import { paint, themeOf } from "./paint.js";
import { pick, inputAt, placeIn } from "./pick.js";

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
  const cloth = tree.kind === "cloth" ? tree : null;
  const panels = cloth ? cloth.panels.map(panelOf) : [];
  const layouts = panels.map(({ layout }) => layout);
  const { holds, moving, ease, fps, first } = tree.timeline;
  const acts = moving.length;
  const clock = clockOf(tree.timeline);
  const names = namesOf(tree);
  const stops = names.stops.slice(first, first + acts + 1);
  const actNames = names.actNames.slice(first, first + acts);
  /** @type {Staged} */
  const staged = {
    tree, panels, acts: tree.timeline.acts, layouts,
    picture: tree.kind === "classic" ? classicOf(tree) : null,
    title: cloth ? cloth.headline : "",
    defaults: new Set(cloth ? cloth.show : ["dots", "axes", "legend"]),
    size: tree.size, columns: columnsOf(layouts), kept: null, stage: null,
  };
  return {
    get size() { return staged.size; },
    get columns() { return staged.columns; },
    get panels() { return panels.map(summary); },
    classic: !cloth,
    title: staged.title, description: tree.description, notes: tree.notes, classNames: tree.class_names,
    loop: tree.loop, acts, stops, actNames, clock,
    theme: tree.theme, themes: Object.keys(tree.themes),
    show: new Set(staged.defaults),
    parts: cloth ? cloth.parts.filter((part) => possible(panels, part)) : ["dots", "axes"],
    timeline: {
      stops: stops.map((name, i) => ({ name, seconds: clock.stop(i), hold: holds[i] })),
      acts: actNames.map((name, k) => ({ name, seconds: clock.stop(k) + holds[k], length: moving[k] })),
      ease, fps,
    },
    moment: (step) => momentOf(step, acts, first),
    step: ({ k, t }) => k + t - first,
    part: ({ k, t }) => (k + t) / Math.max(tree.timeline.acts, 1),
    colours: (name) => coloursOf(staged, name),
    arrange: (columns) => arrange(staged, columns),
    bestIn: (width, height) => bestIn(staged, width, height),
    paint: (context, shown = {}) => paint(staged, context, shown),
    pick: (x, y, seen = {}) => pick(staged, x, y, seen),
    inputAt: (x, y, seen = {}) => inputAt(staged, x, y, seen),
    states: (panel, point) => statesAt(panels[panel], point),
    acting: (panel, moment) => actingAt(panels[panel], moment, acts),
    place: (panel, point, seen = {}) => placeIn(staged, panel, point, seen),
  };
}

/** What stops and acts are called, of the deepest panel.
 * @param {FilmTree} tree
 */
function namesOf(tree) {
  if (tree.kind === "classic") {
    return { stops: tree.stops, actNames: tree.stops.slice(1).map((stop) => `→ ${stop}`) };
  }
  const deepest = tree.panels.reduce((a, b) => (b.acts.length <= a.acts.length ? a : b));
  return { stops: deepest.stops, actNames: deepest.acts };
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
 * @param {Staged} staged
 * @param {string} name
 * @returns {Colours}
 */
function coloursOf(staged, name) {
  const { theme } = themeOf(staged, name);
  const { background, text, muted, line, outline, doubt, shade, boundary, scheme } = theme;
  const [classes, cloth, creases] = [theme.classes, theme.cloth, theme.creases].map((all) => all.map((one) => css(one)));
  return {
    background: css(background), text: css(text), muted: css(muted), line: css(line), outline: css(outline),
    doubt: css(doubt), shade: css(shade), boundary: css(boundary), classes, cloth, creases, scheme,
  };
}
