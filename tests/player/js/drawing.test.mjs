import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./engine.mjs";

const { drawingOf } = await engine("ui/drawing");

let now = 0;
let timers = [];
globalThis.performance = { now: () => now };
globalThis.setTimeout = (call) => timers.push(call);
globalThis.clearTimeout = () => { timers = []; };

/** A player whose pictures take so many ms, and what it painted: device pixels per film pixel. */
function playing(took) {
  const painted = [];
  const player = {
    film: { columns: 1, paint: (_, { detail }) => { painted.push(detail); now += took(); return { total: took() }; } },
    view: {}, show: new Set(["sheet"]), theme: "dark", probes: [], hover: null, scale: 2,
    coarse: 1, sharp: false, t: 0, moment: () => ({ k: 0, t: player.t }),
  };
  const drawing = drawingOf({}, () => {});
  const next = (moving, stopped = false) => {
    player.t += 1e-3;
    now += 5;
    drawing.draw(player, moving, stopped);
  };
  return { player, painted, drawing, next };
}

test("what did not change is not drawn again, until it is forgotten", () => {
  const { player, painted, drawing, next } = playing(() => 5);
  next(false);
  drawing.draw(player, false, false);
  assert.deepEqual(painted, [2]);
  drawing.forget();
  drawing.draw(player, false, false);
  assert.equal(painted.length, 2);
});

test("slow pictures are drawn coarser while things move, in full where they rest", () => {
  const { player, painted, next } = playing(() => 60);
  for (let i = 0; i < 4; i++) next(true);
  assert.deepEqual(painted, [2, 1, 0.84, 0.84]);
  assert.ok(!player.sharp && timers.length === 1, "a timer will sharpen it");
  next(true, true);
  assert.equal(painted.at(-1), 2);
  assert.ok(player.sharp && timers.length === 0);
});

test("after many quick pictures they are finer again, not before", () => {
  let took = 60;
  const { painted, next } = playing(() => took);
  for (let i = 0; i < 3; i++) next(true);
  took = 3;
  for (let i = 0; i < 13; i++) next(true);
  assert.equal(painted.at(-1), 0.84);
  next(true);
  assert.equal(painted.at(-1), 1);
});
