/* Where everything of a film is at a moment, as it is seen. */

/** @import { Panel, Pose, Staged, View } from "./types.js" */
/** @import { Seen } from "./api.js" */

import { along } from "./motion.js";
import { STILL_VIEW, lensAt, projected } from "./camera.js";

/** Each panel's pose at a moment of the film.
 * @param {Staged} staged
 * @param {Seen} seen
 * @returns {Pose[]}
 */
export function poses({ panels, acts }, { k = 0, t = 0, view = null }) {
  return panels.map((panel) => {
    const [act, at] = panelMoment(panel, k, t, acts);
    return posed(panel, act, at, view);
  });
}

/** This panel's act and time when a film of `acts` acts is in act k at t.
 * @param {Panel} panel
 * @param {number} k
 * @param {number} t
 * @param {number} acts
 */
export function panelMoment(panel, k, t, acts) {
  const own = panel.acts.length;
  if (own === acts) return [k, t];
  if (own === 0) return [0, 0];
  const place = ((k + t) * own) / acts;
  const act = Math.min(Math.floor(place), own - 1);
  return [act, place - act];
}

/** Where everything is at a moment: points, lens, film pixels; kept until the moment changes.
 * @param {Panel} panel
 * @param {number} k
 * @param {number} t
 * @param {Partial<View> | null} view
 */
function posed(panel, k, t, view) {
  const { yaw, pitch, zoom, panX, panY } = { ...STILL_VIEW, ...view };
  const key = [k, t, yaw, pitch, zoom, panX, panY].join();
  if (panel.pose && panel.pose.key === key) return panel.pose;
  const points = along(panel.path, k, t);
  const lens = lensAt(panel.camera, panel.centre, k, t, points, view);
  projected(lens, points, panel.flat, panel.nearness);
  panel.pose = { key, k, t, points, lens, flat: panel.flat, nearness: panel.nearness };
  return panel.pose;
}
