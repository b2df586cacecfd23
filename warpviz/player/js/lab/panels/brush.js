/* Painting points on the input plane: a brush for each class, and an eraser. */

/** @import { Points } from "../lab.js" */
/** @import { Lab } from "../ui/room.js" */

import { say } from "../../words/say.js";
import { chanceOf } from "../ui/network.js";
import { part, pressed } from "../ui/made.js";
import { takePoints } from "./points.js";

const CLASSES = 8;
const ERASER = -1;
const BRUSH_WIDE = 0.05; // of the sheet's width: the brush's radius
const A_DAB = 4; // points
const DAB_PAUSE = 28; // ms between two dabs of a hand that rests

/** Wire the brushes: `holding()` tells whether the pointer paints.
 * @param {Lab} lab
 */
export function brushes(lab) {
  const { store, player } = lab;
  const { canvas } = player;
  /** @type {number | null} */
  let brush = null;
  let dabs = 0;
  let last = 0;
  /** @type {[number, number] | null} */
  let at = null;
  /** @type {[number, number]} */
  let spot = [0, 0]; // where keys have brought the brush
  const show = () => {
    const { classNames } = store.now.data.points;
    const count = Math.min(classNames.length + 1, CLASSES);
    const buttons = Array.from({ length: count }, (_, label) => {
      const name = classNames[label] || say("a new class");
      const button = pressed("", () => take(brush === label ? null : label), { className: "brush", "aria-pressed": String(brush === label), "aria-label": say("brush: {name}", { name }), title: name });
      button.style.setProperty("--own", `var(--class-${label})`);
      button.classList.toggle("more", label >= classNames.length);
      return button;
    });
    const eraser = pressed(say("eraser"), () => take(brush === ERASER ? null : ERASER), { className: "chip", "aria-pressed": String(brush === ERASER) });
    const clear = pressed(say("clear"), () => emptied(lab), { className: "chip" });
    part("brushes").replaceChildren(...buttons, eraser, clear);
    part("brush-told").textContent = brush === null ? say("Choose a brush, and paint on the input plane.") : say("Paint on the picture, or move the brush by arrow keys and press Enter. Esc puts it away.");
    canvas.classList.toggle("painting", brush !== null);
    part("ring").hidden = brush === null;
    part("ring").style.setProperty("--own", brush === null || brush === ERASER ? "var(--muted)" : `var(--class-${brush})`);
  };
  /** @param {number | null} next */
  const take = (next) => {
    brush = next;
    if (brush !== null) {
      player.pause();
      player.go(0);
      player.reset();
      Object.assign(canvas, { tabIndex: -1 }).focus({ preventScroll: true });
      spot = middle();
    }
    show();
  };
  const middle = () => {
    const [x0, x1, y0, y1] = store.now.data.limits;
    return /** @type {[number, number]} */ ([(x0 + x1) / 2, (y0 + y1) / 2]);
  };
  /** By keys alone: arrows move the brush, Enter paints where it is.
   * @param {KeyboardEvent} event
   */
  const byKeys = (event) => {
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], Enter: [0, 0] }[event.key];
    if (brush === null || !way || event.target !== canvas) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const [x0, x1, y0, y1] = store.now.data.limits;
    spot = [Math.min(Math.max(spot[0] + way[0] * BRUSH_WIDE * (x1 - x0), x0), x1), Math.min(Math.max(spot[1] + way[1] * BRUSH_WIDE * (y1 - y0), y0), y1)];
    const seen = player.film.place(0, spot, player.now());
    const box = canvas.getBoundingClientRect();
    const ratio = box.width / player.film.size[0];
    if (seen) ring({ clientX: box.left + seen[0] * ratio, clientY: box.top + seen[1] * ratio });
    if (event.key !== "Enter") return;
    at = spot;
    last = 0;
    dab();
    stop();
  };
  /** @param {PointerEvent} event */
  const place = (event) => {
    const found = player.film.inputAt(...player.pixel(event), { ...player.now(), probes: [] });
    return found ? /** @type {[number, number]} */ ([found.point[0], found.point[1]]) : null;
  };
  const dab = () => {
    if (!at || brush === null) return;
    const now = performance.now();
    if (now - last < DAB_PAUSE) return;
    last = now;
    dabs += 1;
    const { data } = store.now;
    const radius = BRUSH_WIDE * (data.limits[1] - data.limits[0]);
    const points = brush === ERASER ? erased(data.points, at, radius) : painted(data.points, at, radius, brush, dabs, lab.given.most.points);
    if (points !== data.points) takePoints(lab, { source: "painted", name: say("painted"), points, limits: data.limits }, { moving: true, merge: "paint" });
  };
  let timer = 0;
  const stop = () => {
    if (!at) return;
    at = null;
    clearInterval(timer);
    store.settle();
  };
  // Before the player takes the pointer for turning and for probes.
  const capture = { capture: true };
  canvas.addEventListener("pointerdown", (event) => {
    if (brush === null || event.button !== 0) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    if (player.step() > 0) player.go(0);
    at = place(event);
    last = 0;
    timer = setInterval(dab, DAB_PAUSE);
    dab();
  }, capture);
  canvas.addEventListener("pointermove", (event) => {
    if (brush === null) return;
    event.stopImmediatePropagation();
    ring(event);
    if (!at) return;
    at = place(event) || at;
    dab();
  }, capture);
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, stop, capture);
  canvas.addEventListener("touchstart", (event) => { if (brush !== null) event.preventDefault(); }, { passive: false });
  document.addEventListener("keydown", byKeys, capture);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || brush === null) return;
    event.stopImmediatePropagation();
    take(null);
    part("brushes").querySelector("button")?.focus();
  }, capture);
  /** Where the brush would paint, and how wide.
   * @param {import("../../ui/player.js").Spot} event
   */
  const ring = (event) => {
    const box = canvas.getBoundingClientRect();
    const view = part("view").getBoundingClientRect();
    const lens = lab.lens(0);
    const { limits } = store.now.data;
    const wide = lens ? ((BRUSH_WIDE * (limits[1] - limits[0])) / lens.units) * (box.width / player.film.size[0]) : 12;
    Object.assign(part("ring").style, { left: `${event.clientX - view.left}px`, top: `${event.clientY - view.top}px`, width: `${2 * wide}px`, height: `${2 * wide}px` });
  };
  let names = "";
  store.listen((now) => {
    const next = now.data.points.classNames.join("\n");
    if (next !== names) show();
    names = next;
  });
  show();
}

/** Why a plane is never empty. */
const oneStays = () => say("One point of each class stays: without it there is nothing to tell apart");

/** An empty plane with two points, one of each class: there is always something to tell apart.
 * @param {Lab} lab
 */
function emptied(lab) {
  const points = { x: Float64Array.of(-0.5, 0, 0.5, 0), y: Uint8Array.of(0, 1), classNames: ["1", "2"], features: [], remark: oneStays() };
  takePoints(lab, { source: "painted", name: say("painted"), points, limits: [-1.1, 1.1, -1.1, 1.1] });
}

/** More points of a class, within a radius.
 * @param {Points} points
 * @param {[number, number]} at
 * @param {number} radius
 * @param {number} label
 * @param {number} seed
 * @param {number} most
 * @returns {Points}
 */
function painted(points, [u, v], radius, label, seed, most) {
  const room = Math.min(A_DAB, most - points.y.length);
  if (room <= 0) return points;
  const chance = chanceOf(seed + points.y.length);
  const more = Array.from({ length: room }, () => {
    const [r, angle] = [radius * Math.sqrt(chance()), 2 * Math.PI * chance()];
    return [u + r * Math.cos(angle), v + r * Math.sin(angle)].map((value) => Math.round(1e4 * value) / 1e4);
  });
  const names = points.classNames.slice();
  while (names.length <= label) names.push(String(names.length + 1));
  return {
    ...points, classNames: names, remark: points.remark === oneStays() ? points.remark : "",
    x: Float64Array.from([...points.x, ...more.flat()]), y: Uint8Array.from([...points.y, ...more.map(() => label)]),
  };
}

/** The points outside of a radius; of each class one stays.
 * @param {Points} points
 * @param {[number, number]} at
 * @param {number} radius
 * @returns {Points}
 */
function erased(points, [u, v], radius) {
  const left = new Array(points.classNames.length).fill(0);
  for (const label of points.y) left[label] += 1;
  let spared = false;
  const kept = Array.from(points.y, (_, i) => i).filter((i) => {
    if (Math.hypot(points.x[2 * i] - u, points.x[2 * i + 1] - v) > radius) return true;
    if (left[points.y[i]] < 2) return (spared = true);
    left[points.y[i]] -= 1;
    return false;
  });
  const remark = spared ? oneStays() : "";
  if (kept.length === points.y.length && (!spared || points.remark === remark)) return points;
  return { ...points, remark, x: Float64Array.from(kept.flatMap((i) => [points.x[2 * i], points.x[2 * i + 1]])), y: Uint8Array.from(kept, (i) => points.y[i]) };
}
