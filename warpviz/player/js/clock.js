/* The clock: seconds to moments and back. */

/** @import { Clock, Moment, Timeline } from "./types.js" */

import { EASINGS } from "./formulas.js";

/** Holds and motions in a row; `holds` one a stop, `moving` one an act, in seconds. Moments count
 * the acts of the whole film, of which this one may be a clip; stops are counted from its own first.
 * @param {Pick<Timeline, "holds" | "moving" | "ease" | "first">} timeline
 * @returns {Clock}
 */
export function clockOf({ holds, moving, ease, first }) {
  const eased = EASINGS[ease];
  const acts = moving.length;
  const begins = [0];
  for (let k = 0; k < acts; k++) begins.push(begins[k] + holds[k] + moving[k]);
  const seconds = begins[acts] + holds[acts];
  /** @param {number} at */
  const nearest = (at) => {
    let stop = acts;
    while (stop > 0 && begins[stop] > at + 1e-9) stop--;
    return stop;
  };
  /** @param {number} stop */
  const atStop = (stop) => (stop < acts ? { k: first + stop, t: 0 } : { k: first + Math.max(acts - 1, 0), t: acts ? 1 : 0 });
  return {
    seconds,
    stop: (/** @type {number} */ i) => begins[Math.min(Math.max(i, 0), acts)],
    nearest,
    /** @param {number} time */
    at(time) {
      const stop = nearest(Math.min(Math.max(time, 0), seconds));
      const since = time - begins[stop] - holds[stop];
      if (stop === acts || since <= 0) return atStop(stop);
      return { k: first + stop, t: eased(Math.min(since / moving[stop], 1)) };
    },
    /** @param {Moment} moment */
    of({ k: act, t }) {
      const k = act - first;
      if (!acts || t <= 0) return begins[k];
      if (t >= 1) return begins[k + 1];
      let low = 0;
      let high = 1;
      for (let i = 0; i < 40; i++) {
        const middle = (low + high) / 2;
        if (eased(middle) < t) low = middle;
        else high = middle;
      }
      return begins[k] + holds[k] + low * moving[k];
    },
  };
}
