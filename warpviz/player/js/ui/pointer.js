/* The pointer: drag turns or carries a probe, wheel and pinch zoom, hover tells, a click drops a probe. */

/** @import { Player, Spot } from "./player.js" */
/** @import { Place } from "../types.js" */

import { clickAt, moveProbe, tellProbe, removeProbe } from "./probes.js";
import { setHover } from "./hint.js";

const CLICK = 5; // CSS pixels that a click may stray
const RADIANS = 0.009; // a CSS pixel of dragging

/**
 * @param {Player} player
 */
export function pointer(player) {
  const { canvas, film } = player;
  const framed = window !== window.top;
  /** @type {Map<number, PointerEvent>} */
  const down = new Map();
  let strayed = 0;
  let dropped = { at: 0, count: 0 };
  let held = -1; // the probe that is dragged
  /** @type {PointerEvent | null} */
  let over = null; // where a mouse rests
  canvas.classList.toggle("turns", film.panels.some(({ hasSpace }) => hasSpace));

  /** In a page around it a single finger scrolls that page, except on a probe.
   * @param {PointerEvent} event
   */
  const scrolls = ({ pointerType }) => pointerType === "touch" && framed && !document.fullscreenElement;
  /** @param {Spot} event */
  const probeAt = (event) => {
    const found = player.probes.length ? film.pick(...player.pixel(event), player.now()) : null;
    return found && found.kind === "probe" ? found.index : -1;
  };
  canvas.addEventListener("touchstart", (event) => {
    if (event.touches.length > 1 || probeAt(event.touches[0]) >= 0) event.preventDefault();
  }, { passive: false });

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    down.set(event.pointerId, event);
    if (down.size === 1) {
      strayed = 0;
      held = event.button === 0 ? probeAt(event) : -1;
    } else {
      held = -1;
    }
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) {
      over = event;
      hoverAt(player, event);
      return;
    }
    const x = event.clientX - before.clientX;
    const y = event.clientY - before.clientY;
    strayed += Math.hypot(x, y);
    if (down.size === 2) pinch(event, x, y);
    else if (strayed > CLICK && held >= 0) carry(event);
    else if (strayed > CLICK && !scrolls(event)) drag(event, x, y);
    down.set(event.pointerId, event);
  });
  /** @param {PointerEvent} event */
  const up = (event) => {
    if (!down.delete(event.pointerId)) return;
    canvas.classList.remove("turning");
    if (held >= 0 && strayed > CLICK) tellProbe(player, held);
    held = -1;
    if (event.type === "pointerup" && strayed <= CLICK && down.size === 0 && event.button === 0) {
      const before = player.probes.length;
      clickAt(player, player.pixel(event));
      const now = performance.now();
      const more = player.probes.length - before;
      dropped = now - dropped.at < 500 ? { at: now, count: dropped.count + more } : { at: now, count: more };
    }
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => {
    over = null;
    setHover(player, null);
  });
  // What is told of a dot is true of this moment alone.
  let moment = "";
  player.listen(() => {
    const now = JSON.stringify([player.seconds, player.view, player.probes]);
    if (now === moment) return;
    moment = now;
    if (player.playing || player.glide || down.size) setHover(player, null);
    else if (over) hoverAt(player, over);
  });
  canvas.addEventListener("dblclick", () => {
    // Its two clicks were no wish for probes.
    for (; dropped.count > 0; dropped.count--) removeProbe(player, player.probes.length - 1);
    player.reset();
  });
  canvas.addEventListener("wheel", (event) => {
    // A page that scrolls under a film that nobody touched goes on scrolling.
    if (window !== window.top && !document.hasFocus()) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 18 : 1;
    player.zoom(Math.exp(-event.deltaY * lines * 0.0016), player.pixel(event));
  }, { passive: false });

  /**
   * @param {PointerEvent} event
   * @param {number} x
   * @param {number} y
   */
  function drag(event, x, y) {
    canvas.classList.add("turning");
    setHover(player, null);
    const ratio = film.size[0] / canvas.getBoundingClientRect().width;
    if (event.shiftKey || event.buttons === 4) player.pan(x * ratio, y * ratio);
    else player.turn(x * RADIANS, y * RADIANS);
  }

  /** A probe goes where the pointer is on the plane.
   * @param {PointerEvent} event
   */
  function carry(event) {
    setHover(player, null);
    const place = film.inputAt(...player.pixel(event), player.now());
    if (place) moveProbe(player, held, place.point);
  }

  /** Two fingers zoom and move the picture; where one scrolls the page, two turn it.
   * @param {PointerEvent} event
   * @param {number} x
   * @param {number} y
   */
  function pinch(event, x, y) {
    const other = [...down.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    const before = down.get(event.pointerId);
    if (!other || !before) return;
    /** @param {Spot} one */
    const span = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
    if (span(before) > 0) player.zoom(span(event) / span(before), player.pixel(middle));
    // Each finger moves the middle by half its own way.
    const ratio = film.size[0] / canvas.getBoundingClientRect().width / 2;
    if (scrolls(event) && canvas.classList.contains("turns")) player.turn((x * RADIANS) / 2, (y * RADIANS) / 2);
    else player.pan(x * ratio, y * ratio);
    strayed += CLICK;
  }
}

/**
 * @param {Player} player
 * @param {PointerEvent} event
 */
function hoverAt(player, event) {
  const found = player.film.pick(...player.pixel(event), player.now());
  setHover(player, found && found.kind !== "sheet" ? found : null);
  player.canvas.classList.toggle("holds", found !== null && found.kind === "probe");
}
