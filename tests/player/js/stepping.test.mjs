import assert from "node:assert/strict";
import { test } from "node:test";
import { close, engine } from "./engine.mjs";

const { clockOf } = await engine("clock");
const { advance, ahead, atStop, begin, glide, glideOn, jump, neighbour, onTheWay, onward, rest, stepOf } =
  await engine("ui/stepping");

// Stops are reached at 0, 2.5 and 7.5 seconds; the last one stays for 2.
const film = {
  clock: clockOf({ holds: [0.5, 1, 2], moving: [2, 4], ease: "linear", fps: 20, first: 0 }),
  acts: 2,
  step: ({ k, t }) => k + t,
};
const course = (seconds, more) => ({
  film, seconds, playing: false, speed: 1, looping: false, glide: null, until: null, ended: false, ...more,
});

test("a film plays to its end once, and rests at its last stop", () => {
  const one = course(1);
  begin(one, null);
  advance(one, 0.75);
  assert.deepEqual([one.seconds, one.playing, one.ended], [1.75, true, false]);
  advance(one, 8);
  assert.deepEqual([one.seconds, one.playing, one.ended], [7.5, false, true]);
  begin(one, null);
  assert.deepEqual([one.seconds, one.playing, one.ended], [0, true, false]);
});

test("a film that loops begins again after its last hold", () => {
  const one = course(9, { playing: true, looping: true });
  advance(one, 1);
  close([one.seconds], [0.5]);
  assert.ok(one.playing && !one.ended);
});

test("a film that plays until a stop rests there, looping or not", () => {
  for (const looping of [false, true]) {
    const one = course(0.2, { looping });
    begin(one, film.clock.stop(1));
    advance(one, 3);
    assert.deepEqual([one.seconds, one.playing, one.until, one.ended], [2.5, false, null, false]);
    begin(one, film.clock.stop(2));
    advance(one, 60);
    assert.deepEqual([one.seconds, one.playing, one.ended], [7.5, false, true]);
  }
});

test("neighbours are the stops before and after, within the film", () => {
  // At a stop, during its hold, in an act, in the last hold.
  for (const [seconds, before, after] of [[0, 0, 1], [0.3, 0, 1], [1.5, 0, 1], [2.5, 0, 2], [5.5, 1, 2], [8, 1, 2]]) {
    const one = course(seconds);
    assert.deepEqual([neighbour(one, -1), neighbour(one, 1)], [before, after], `at ${seconds}`);
  }
  assert.deepEqual([0.3, 1.5, 8].map((seconds) => atStop(course(seconds))), [true, false, true]);
  close([stepOf(course(1.5)), stepOf(course(8))], [0.5, 2]);
});

test("to jump stays within the film, ends a glide and lets a film play on", () => {
  const one = course(1, { playing: true, ended: true, glide: { from: 0, to: 1, began: 0 } });
  jump(one, 99);
  assert.deepEqual([one.seconds, one.playing, one.ended, one.glide], [9.5, true, false, null]);
  jump(one, -3);
  assert.equal(one.seconds, 0);
});

test("a glide takes four tenths of a second and ends at the stop itself", () => {
  const one = course(2.5, { playing: true, until: 7.5 });
  glide(one, 2, 1000);
  assert.deepEqual([one.playing, one.until], [false, null]);
  glideOn(one, 1100);
  close([one.seconds], [3.75]);
  glideOn(one, 1500);
  assert.deepEqual([one.seconds, one.glide], [7.5, null]);
  glideOn(one, 1600);
  assert.equal(one.seconds, 7.5);
});

test("a remote leads on from the goal of a glide under way", () => {
  const one = course(0);
  assert.deepEqual([onward(one, -1), onward(one, 1)], [0, 1]);
  glide(one, 1, 0);
  glideOn(one, 100);
  assert.deepEqual([onward(one, 1), onward(one, -1)], [2, 0]);
  glide(one, onward(one, 1), 100);
  assert.deepEqual([one.glide.from, one.glide.to], [2.5, 7.5]);
  assert.equal(onward(one, 1), 2);
});

test("a stop lies ahead until it is reached; who rests has neither goal nor glide", () => {
  assert.deepEqual([2.4, 2.5, 3].map((seconds) => ahead(course(seconds), 1)), [true, false, false]);
  const one = course(1, { playing: true, until: 2.5, glide: { from: 0, to: 1, began: 0 } });
  rest(one);
  assert.deepEqual([one.playing, one.until, one.glide, one.seconds], [false, null, null, 1]);
});

test("on its way is what plays to a goal, or stands in between; not what plays by itself", () => {
  const way = (seconds, more) => onTheWay(course(seconds, more), 1, 2);
  assert.deepEqual([0, 2.5, 5, 7.5].map((seconds) => way(seconds)), [false, true, true, false]);
  // A second click while the act before it plays: it goes on.
  assert.deepEqual([1, 5, 8].map((seconds) => way(seconds, { playing: true, until: 2.5 })), [true, true, false]);
  assert.deepEqual([1, 2.5, 5].map((seconds) => way(seconds, { playing: true })), [false, false, false]);
});
