/* What stands around a panel's cloth at a moment: axes, scale, words, track, legend. */

/** @import { Context, Panel, Pose, Theme, View } from "../types.js" */

import { NUMBERS } from "../given.js";
import { moved, projected } from "../camera.js";
import { shortened, putText, putLegend, putTrack } from "./overlay.js";
import { putScale, putGround, putAxes } from "./axes.js";
import { putBasis, putDeterminant } from "./basis.js";
import { putNetwork } from "./network.js";
import { putTriad } from "./triad.js";

const { FADE } = NUMBERS;
const AROUND = ["axes", "caption", "track", "legend", "scale", "measures"];

/** 1 at and between planes, 0 at spaces; on the way between them axes come and go.
 * @param {Panel} panel
 * @param {number} k
 * @param {number} t
 */
function planarity(panel, k, t) {
  const here = panel.planar[k];
  const there = panel.planar[Math.min(k + 1, panel.planar.length - 1)];
  const { lift } = panel.camera;
  const lifted = lift.length > 0 && (lift[k][0] !== 0 || lift[k][1] !== 0);
  if (here && there && !lifted) return 1;
  return Math.max(0, here ? 1 - t / FADE : 0, there ? 1 - (1 - t) / FADE : 0);
}

/**
 * @param {Panel} panel
 * @param {number} k
 * @param {number} t
 */
function captionOf(panel, k, t) {
  if (t === 0 || !panel.acts.length) return panel.stops[k];
  return t === 1 ? panel.stops[k + 1] : panel.acts[k];
}

/** Axes, scale, track, caption, notes, title and legend of a panel.
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} pose
 * @param {Theme} theme
 * @param {Set<string>} show
 * @param {Partial<View> | null} view
 */
export function dressPanel(context, panel, pose, theme, show, view) {
  const { layout } = panel;
  const { k, t, lens } = pose;
  const tilted = Boolean(view && (view.yaw || view.pitch));
  const planar = show.has("axes") ? planarity(panel, k, t) * (tilted ? 0 : 1) : 0;
  if (show.has("basis")) putBasis(context, panel, pose, theme);
  // Where the view is not the film's own, cloth may lie where words and axes stand.
  if (moved(view) && AROUND.some((part) => show.has(part))) putGround(context, layout, theme, planar > 0.5);
  if (planar > 0) planeAxes(context, panel, pose, theme, planar);
  if (show.has("axes") && planar < 1) spaceAxes(context, panel, pose, theme, 1 - planar, tilted);
  if (show.has("basis")) putDeterminant(context, panel, pose, theme);
  if (show.has("network")) putNetwork(context, panel, pose, theme);
  if (show.has("scale")) putScale(context, layout, lens.units, theme, 1 - planar);
  if (layout.title) {
    const title = shortened(context, panel.title, layout.em, layout.caption_width);
    putText(context, title, ...layout.title, theme.text, layout.em);
  }
  if (layout.legend && show.has("legend")) putLegend(context, layout, theme);
  if (show.has("track")) putTrack(context, layout, panel.stops.length, k + t, theme);
  const stop = t === 1 && panel.acts.length ? k + 1 : k;
  const ink = t === 0 || t === 1 ? theme.text : theme.muted;
  if (layout.notes && panel.notes.length && show.has("measures")) {
    putText(context, panel.notes[stop], ...layout.notes, ink, layout.small);
  }
  if (show.has("caption")) {
    const caption = shortened(context, captionOf(panel, k, t), layout.caption_em, layout.caption_width);
    putText(context, caption, ...layout.caption, panel.title ? theme.muted : theme.text, layout.caption_em);
    if (layout.remark && panel.remarks.length) {
      const remark = shortened(context, panel.remarks[stop], layout.caption_em, layout.caption_width);
      putText(context, remark, ...layout.remark, ink, layout.caption_em);
    }
  }
}

/** The coordinates of a state, three at most.
 * @param {Panel} panel
 * @param {number} stop
 */
function axesAt(panel, stop) {
  return panel.axes[stop].map(([name, shift, factor]) => ({ name, shift, factor }));
}

/**
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} given
 * @param {Theme} theme
 * @param {number} opacity
 */
function planeAxes(context, panel, { k, t, lens }, theme, opacity) {
  const flat = new Float64Array(2);
  projected(lens, [0, 0, 0], flat, []);
  const stop = panel.planar[k] && (t < 0.5 || !panel.planar[k + 1]) ? k : k + 1;
  putAxes(context, panel.layout, flat, lens.units, axesAt(panel, stop).slice(0, 2), theme, opacity);
}

/**
 * @param {Context} context
 * @param {Panel} panel
 * @param {Pose} given
 * @param {Theme} theme
 * @param {number} opacity
 * @param {boolean} tilted
 */
function spaceAxes(context, panel, { k, t, lens }, theme, opacity, tilted) {
  let stop = t < 0.5 ? k : Math.min(k + 1, panel.planar.length - 1);
  if (panel.planar[stop] && !panel.planar[k] && !tilted) stop = k;
  const axes = axesAt(panel, stop);
  if (axes.length) putTriad(context, panel.layout, lens.turn, axes.map(({ name }) => name), theme, opacity);
}
