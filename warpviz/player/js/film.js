/* A film in the browser: decoded from its payload, drawn at any moment.
 *
 * The engine's files are joined into one script, in the order of `engine.py`, inside one function;
 * they share their names with the user interface that is joined after them.
 *
 *   const film = await warpviz.load(payload)   payload: base64 text, or an element that holds it
 *
 * What a film is (all plain data, read only):
 *
 *   film.size            [width, height] in film pixels, of the arrangement of its panels
 *   film.columns         panels in a row; film.arrange(columns): put them into other rows, 0 the
 *                        author's: size and panels change; film.bestIn(width, height): {columns,
 *                        size} of the arrangement that is largest in a room, the author's where
 *                        that is about as large
 *   film.classic         true for the classic scatter film (no sheet, no themes, no view to turn)
 *   film.theme           the theme's name that the author chose; film.themes: the names there are
 *   film.show            Set of the parts drawn by default; film.parts: [names of all parts there
 *                        are in this film, in the order of --show]
 *   film.title, film.description, film.notes ([sentences]), film.classNames, film.loop (0 forever)
 *   film.acts            how many acts (stops − 1); film.stops: names of the stops (of the deepest
 *                        panel), film.actNames: names of the acts
 *   film.panels          [{title, stops: [names], acts: [names], widths: [units per stop],
 *                        ownAxes: [[name, shift, factor]], hasSpace: whether any state is seen in 3-D,
 *                        space: [per stop], hasChain, endsInChances: whether the last state is
 *                        probabilities, features, box: [x0, y0, x1, y1],
 *                        centre: [x, y] that the view zooms about, notes}]
 *   film.colours(theme)  {background, text, muted, outline, boundary, classes: [css], …} css strings
 *   film.timeline        {stops: [{name, seconds, hold}], acts: [{name, seconds, length}], ease,
 *                        fps: frames a second}
 *   film.clock           seconds: one play;  at(seconds) → {k, t} (t eased, 0 … 1);
 *                        stop(i) → seconds at which stop i is reached;
 *                        of({k, t}) → seconds, the inverse of `at` (a stop: where its hold begins);
 *                        nearest(seconds) → the stop at or before
 *   film.moment(step)    a place counted in stops (2.5 = half-way through act 3) → {k, t}
 *   film.step({k, t})    k + t
 *
 * Drawing:
 *
 *   film.paint(context, {k, t, scale, detail, theme, show, view, probes, hover})
 *       context   2-D context of a canvas of round(size · scale) device pixels; all is painted over
 *       k, t      the moment, defaults 0, 0
 *       scale     device pixels per film pixel; default: the canvas's width over the film's
 *       detail    device pixels per film pixel of the cloth, default `scale`; lower is faster, text
 *                 and axes stay sharp
 *       theme     name; show: Set of parts; both default to the film's
 *       view      {yaw, pitch, zoom, panX, panY}: added to the film's own camera; radians, a factor,
 *                 and film pixels; default all still. {} or null is the film's own picture.
 *       probes    [{point: [input coordinates], label: "A"}]: drawn in every panel that has a chain
 *       hover     what `pick` gave, or null: is marked
 *     returns {raster, total}: milliseconds, for whoever adapts `detail`.
 *
 * Asking (x, y in film pixels; moment = {k, t, view, probes}, the same as was painted):
 *
 *   film.pick(x, y, moment) → {panel, kind: "dot" | "probe" | "sheet", index, label, name,
 *                        input: [..], values: [[numbers at stop 0], …], at: [x, y]} | null
 *       label: the class's number (dots), null else; name: its name; input: where known; values:
 *       one array per stop, null where the weights are not shipped
 *   film.inputAt(x, y, moment) → {panel, point: [input coordinates]} | null
 *       moment defaults to stop 0; at others the sheet under the pixel is asked
 *   film.states(panel, point) → [numbers per stop] | null; panel: its index
 *   film.place(panel, point, moment) → [x, y] in film pixels | null: where an input point is seen
 */

/** @import { Classic, Context, FilmTree, Found, Lens, Panel, Pose, Probe, Shown, Surface, Theme } from "./types.js" */

import { NUMBERS } from "./given.js";
import { unpack } from "./payload.js";
import { surfaceOf, packed } from "./raster.js";
import { css, textWidth, putText, putProbe, onProbe, putHover } from "./marks.js";
import { bestColumns, arranged, columnsOf } from "./arrange.js";
import {
  panelOf, panelMoment, posed, tintPanel, rasterPanel, dressPanel, possible, summary,
} from "./panel.js";
import { classicOf, classicPose, rasterClassic, dressClassic } from "./classic.js";
import { clockOf } from "./clock.js";
import { statesAt, placeOf, dotAt, sheetAt, classOfCell, within } from "./ask.js";

const BAND = 5e5; // pixels that are drawn at once
const WORTH_MOVING = 1.2; // how much larger panels must become to leave the author's rows

/**
 * Read a film from its payload.
 * @param {string | Element} source
 */
export async function load(source) {
  return filmOf(await unpack(source));
}

/**
 * A film from its tree.
 * @param {FilmTree} tree
 */
export function filmOf(tree) {
  const classic = tree.kind === "classic";
  const panels = classic ? [] : tree.panels.map(panelOf);
  const picture = classic ? classicOf(tree) : null;
  const deepest = panels.reduce((a, b) => (b && a && b.acts.length <= a.acts.length ? a : b), panels[0]);
  const acts = tree.timeline.moving.length;
  const clock = clockOf(tree.timeline);
  const stops = classic ? tree.stops : deepest.stops;
  const actNames = classic ? stops.slice(1).map((stop) => `→ ${stop}`) : deepest.acts;
  /** @type {Surface | null} */
  let kept = null;
  /** @type {Context | null} */
  let stage = null;
  const layouts = panels.map(({ layout }) => layout);
  let size = tree.size;
  let columns = columnsOf(layouts);
  const defaults = new Set(classic ? ["dots", "axes", "legend"] : tree.show);

  /** @param {number} step */
  const moment = (step) => {
    const place = Math.min(Math.max(step, 0), acts);
    const k = Math.min(Math.floor(place), Math.max(acts - 1, 0));
    return { k, t: place - k };
  };
  /** @param {Shown} [moment] @returns {Pose[]} */
  const poses = ({ k = 0, t = 0, view = null } = {}) =>
    panels.map((panel) => {
      const [act, at] = panelMoment(panel, k, t, acts);
      return posed(panel, act, at, view);
    });

  /**
   * A surface of a width, kept; a large picture is drawn in bands, so that memory stays small.
   * @param {number} width
   * @param {number} height
   */
  function surface(width, height) {
    const rows = Math.min(height, Math.ceil(height / Math.ceil((width * height) / BAND)));
    if (!kept || kept.width !== width || kept.height !== rows) kept = surfaceOf(width, rows);
    return kept;
  }

/**
   * @param {Context} context
   * @param {Shown} [options]
   */
  function paint(context, options = {}) {
    const began = performance.now();
    const { canvas } = context;
    const { k = 0, t = 0, view = null, probes = [], hover = null } = options;
    const scale = options.scale || canvas.width / size[0];
    const detail = options.detail || scale;
    const show = options.show || defaults;
    const name = options.theme !== undefined && options.theme in tree.themes ? options.theme : tree.theme;
    const theme = tree.themes[name];
    const width = Math.max(Math.round(size[0] * detail), 1);
    const height = Math.max(Math.round(size[1] * detail), 1);
    const ground = surface(width, height);
    const fine = width === canvas.width && height === canvas.height;
    const target = fine ? context : stageOf(width, height);
    const plot = picture && classicPose(picture, k, t);
    const shown = picture ? [] : poses({ k, t, view });
    if (show.has("sheet")) panels.forEach((panel, i) => tintPanel(panel, shown[i], theme, name, show));
    target.setTransform(1, 0, 0, 1, 0, 0);
    for (let top = 0; top < height; top += ground.height) {
      ground.top = top;
      ground.pixels.fill(packed(theme.background));
      panels.forEach((panel, i) => rasterPanel(ground, panel, shown[i], detail, theme, show));
      if (picture && plot && show.has("dots")) rasterClassic(ground, picture, plot, detail);
      target.putImageData(ground.image, 0, top);
    }
    const raster = performance.now() - began;
    if (!fine) magnify(context, target.canvas);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    if (picture && plot) {
      if (show.has("axes")) dressClassic(context, picture, plot, theme);
    } else {
      headline(context, theme);
      panels.forEach((panel, i) => {
        dressPanel(context, panel, shown[i], theme, show, view);
        mark(context, panel, i, shown[i], theme, probes, hover);
      });
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    return { raster, total: performance.now() - began };
  }

  /**
   * A canvas for a raster that is coarser than the picture.
   * @param {number} width
   * @param {number} height
   */
  function stageOf(width, height) {
    stage = stage || /** @type {Context} */ (document.createElement("canvas").getContext("2d"));
    if (stage.canvas.width !== width || stage.canvas.height !== height) Object.assign(stage.canvas, { width, height });
    return stage;
  }

  /**
   * Bring a coarser raster onto the canvas.
   * @param {Context} context
   * @param {HTMLCanvasElement} coarse
   */
  function magnify(context, coarse) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "low"; // "high" takes longer than drawing in full
    context.drawImage(coarse, 0, 0, context.canvas.width, context.canvas.height);
  }

/**
   * @param {Context} context
   * @param {Theme} theme
   */
  function headline(context, theme) {
    const height = tree.size[1];
    const em = Math.round(NUMBERS.HEADLINE.size * height);
    const fitting = Math.min(1, (NUMBERS.HEADLINE.across * size[0]) / textWidth(context, tree.headline || "", em));
    putText(context, tree.headline || "", size[0] / 2, NUMBERS.HEADLINE.down * height, theme.text, em * fitting, [0.5, 0.5]);
  }

/** @param {number} wanted */
  function arrange(wanted) {
    const own = columnsOf(layouts);
    const next = Math.min(wanted || own, panels.length);
    if (!panels.length || next === columns) return;
    columns = next;
    const place = columns === own ? { size: tree.size, layouts } : arranged(layouts, columns);
    size = place.size;
    panels.forEach((panel, i) => {
      panel.layout = place.layouts[i];
      panel.camera = { ...panel.camera, safe: panel.layout.safe };
      panel.pose = null;
    });
  }

/**
   * @param {number} width
   * @param {number} height
   */
  function bestIn(width, height) {
    const own = { columns: columnsOf(layouts), size: tree.size };
    if (panels.length < 2) return own;
    const { box } = layouts[0];
    const best = bestColumns(panels.length, box.x1 - box.x0, box.y1 - box.y0, width, height);
    const other = { columns: best, size: arranged(layouts, best).size };
    /** @param {{ size: number[] }} one */
    const fit = (one) => Math.min(width / one.size[0], height / one.size[1]);
    return fit(other) > WORTH_MOVING * fit(own) ? other : own;
  }

  /**
   * Probes and what the pointer is on.
   * @param {Context} context
   * @param {Panel} panel
   * @param {number} index
   * @param {Pose} pose
   * @param {Theme} theme
   * @param {Probe[]} probes
   * @param {Found | null} hover
   */
  function mark(context, panel, index, { k, t, lens, flat }, theme, probes, hover) {
    for (const { point, label } of probes) {
      const at = placeOf(panel, point, k, t, lens);
      if (at) putProbe(context, at[0], at[1], label || "", panel.layout, theme);
    }
    if (!hover || hover.kind !== "dot") return;
    // The same dot is marked in every panel that shows it.
    if (hover.panel !== index && panel.labels.length !== panels[hover.panel].labels.length) return;
    const place = 2 * (panel.vertices + hover.index);
    putHover(context, flat[place], flat[place + 1], panel.layout, theme);
  }

/**
   * @param {number} x
   * @param {number} y
   * @param {Shown} [at]
   */
  function pick(x, y, at = {}) {
    const index = panels.findIndex((panel) => within(panel, x, y));
    if (index < 0) return null;
    const panel = panels[index];
    const pose = poses(at)[index];
    const probes = at.probes || [];
    const probe = probes.findIndex(({ point }) => {
      const place = placeOf(panel, point, pose.k, pose.t, pose.lens);
      return place && onProbe(x - place[0], y - place[1], panel.layout);
    });
    if (probe >= 0) {
      const { point, label } = probes[probe];
      const place = placeOf(panel, point, pose.k, pose.t, pose.lens);
      return found(index, "probe", probe, null, label || "", Array.from(point), place);
    }
    const dot = dotAt(panel, pose, x, y);
    if (dot >= 0) {
      const place = 2 * (panel.vertices + dot);
      const features = panel.features;
      const input = panel.dots && Array.from(panel.dots.subarray(dot * features, (dot + 1) * features));
      const label = panel.labels[dot];
      const where = [pose.flat[place], pose.flat[place + 1]];
      return found(index, "dot", dot, label, tree.class_names[label] || "", input, where);
    }
    const sheet = sheetAt(panel, pose, x, y);
    if (!sheet) return null;
    const name = tree.class_names[classOfCell(panel, sheet.cell)] || "";
    return found(index, "sheet", sheet.cell, null, name, sheet.point, [x, y]);
  }

/**
   * @param {number} panel
   * @param {string} kind
   * @param {number} index
   * @param {number | null} label
   * @param {string} name
   * @param {number[] | null} input
   * @param {number[] | null} at
   */
  function found(panel, kind, index, label, name, input, at) {
    return { panel, kind, index, label, name, input, values: statesAt(panels[panel], input), at };
  }

/**
   * @param {number} x
   * @param {number} y
   * @param {Shown} [at]
   */
  function inputAt(x, y, at = { k: 0, t: 0 }) {
    const index = panels.findIndex((panel) => within(panel, x, y));
    if (index < 0) return null;
    const panel = panels[index];
    const pose = poses(at)[index];
    const sheet = sheetAt(panel, pose, x, y);
    if (sheet) return { panel: index, point: sheet.point };
    const { safe } = panel.layout;
    const outside = x < safe.x0 || x > safe.x1 || y < safe.y0 || y > safe.y1;
    if (outside || pose.k + pose.t > 0 || !panel.planar[0] || panel.features !== 2) return null;
    const { pivot, middle, centre, units, turn } = pose.lens;
    if (turn[8] !== 1) return null;
    const right = (x - centre[0]) * units + middle[0];
    const up = (centre[1] - y) * units + middle[1];
    const point = [pivot[0] + right * turn[0] + up * turn[3], pivot[1] + right * turn[1] + up * turn[4]];
    return { panel: index, point };
  }

  return {
    get size() { return size; },
    get columns() { return columns; },
    get panels() { return panels.map(summary); },
    arrange, bestIn,
    classic, acts, stops, actNames, moment, clock, paint, pick, inputAt,
    step: (/** @type {{ k: number, t: number }} */ { k, t }) => k + t,
    theme: tree.theme,
    themes: Object.keys(tree.themes),
    show: new Set(defaults),
    parts: classic ? ["dots", "axes"] : tree.parts.filter((part) => possible(panels, part)),
    title: tree.headline || "",
    description: tree.description,
    notes: tree.notes,
    classNames: tree.class_names,
    loop: tree.loop,
    timeline: {
      stops: stops.map((stop, i) => ({ name: stop, seconds: clock.stop(i), hold: tree.timeline.holds[i] })),
      acts: actNames.map((act, k) => ({
        name: act, seconds: clock.stop(k) + tree.timeline.holds[k], length: tree.timeline.moving[k],
      })),
      ease: tree.timeline.ease, fps: tree.timeline.fps,
    },
    /** @param {string} name */
    colours(name) {
      const theme = tree.themes[name in tree.themes ? name : tree.theme];
      return Object.fromEntries(Object.entries(theme).map(([part, colour]) =>
        [part, Array.isArray(colour[0]) ? colour.map((/** @type {number[]} */ one) => css(one)) : css(colour)]));
    },
    /** @type {(panel: number, point: number[]) => number[][] | null} */
    states: (panel, point) => statesAt(panels[panel], point),
    /**
     * @param {number} panel
     * @param {number[]} point
     * @param {Shown} [at]
     */
    place(panel, point, at = {}) {
      const pose = poses(at)[panel];
      return pose ? placeOf(panels[panel], point, pose.k, pose.t, pose.lens) : null;
    },
  };
}
