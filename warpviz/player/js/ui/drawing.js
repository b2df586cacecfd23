/* When a picture is drawn, and how finely: coarser while things move, in full where they rest. */

/** @import { Context } from "../types.js" */
/** @import { Player } from "./player.js" */

const SLOW = 24; // ms a picture may take while things move; the cloth is drawn coarser beyond
const COARSER = [1, 0.5, 0.42]; // of the screen's resolution; magnifying costs what 0.7 saves
const REST = 30; // ms after which a picture that stands still is drawn in full
const PATIENCE = 12; // pictures in a row that were quick, before they are drawn finer

/** What draws a player's picture, if anything changed: `draw`, and `forget` what was drawn.
 * @param {Context} context
 * @param {() => void} ask for another frame
 */
export function drawingOf(context, ask) {
  let drawn = ""; // what was drawn last, and when
  let drawnAt = -Infinity;
  let level = 0;
  let quickly = 0; // pictures in a row that took less than half the time there is
  let sharpen = 0;

  /** @param {number} took */
  function adapt(took) {
    quickly = took < SLOW / 2 ? quickly + 1 : 0;
    if (took > SLOW) level = Math.min(level + 1, COARSER.length - 1);
    else if (quickly > PATIENCE && level > 0) {
      level -= 1;
      quickly = 0;
    }
  }

  return {
    forget() { drawn = ""; },
    /** Coarser while things change quickly, in full where they rest, also at the stops of a film
     * that plays.
     * @param {Player} player
     * @param {boolean} moving
     * @param {boolean} stopped
     */
    draw(player, moving, stopped) {
      const { film, view, show, theme, probes, hover, scale } = player;
      const { k, t } = player.moment();
      const now = performance.now();
      const state = JSON.stringify([k, t, view, [...show], theme, probes, hover, scale, film.columns]);
      const same = state === drawn;
      if (same && player.sharp) return;
      const quick = !same && !stopped && (moving || now - drawnAt < 3 * REST);
      const part = quick ? COARSER[level] : 1;
      const { total } = film.paint(context, { k, t, scale, detail: scale * part, theme, show, view, probes, hover });
      player.coarse = part;
      player.sharp = part === 1;
      drawn = state;
      drawnAt = performance.now();
      if (quick) adapt(total);
      clearTimeout(sharpen);
      if (!player.sharp) sharpen = setTimeout(ask, REST);
    },
  };
}
