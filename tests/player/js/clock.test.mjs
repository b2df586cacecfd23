import assert from "node:assert/strict";
import { test } from "node:test";
import { close, engine } from "./engine.mjs";

const { clockOf } = await engine("clock");
const clock = clockOf({ holds: [0.5, 1, 2], moving: [2, 4], ease: "smooth", first: 0 });

test("stops are reached after holds and motions", () => {
  close([0, 1, 2].map(clock.stop), [0, 2.5, 7.5]);
  assert.equal(clock.seconds, 9.5);
});

test("an act eases by 3u² − 2u³", () => {
  assert.deepEqual(clock.at(0.5), { k: 0, t: 0 });
  close([clock.at(1).t, clock.at(1.5).t, clock.at(2).t], [0.15625, 0.5, 0.84375]);
  assert.deepEqual(clock.at(9), { k: 1, t: 1 });
});

test("seconds and moments are each other's inverse", () => {
  for (const seconds of [0.7, 1.9, 4.2, 7.1]) close([clock.of(clock.at(seconds))], [seconds], 1e-9);
});

test("smoother is the integral of 30u²(1 − u)²", async () => {
  const { EASINGS } = await engine("formulas");
  let area = 0;
  for (let i = 0; i < 1000; i++) {
    const u = (i + 0.5) / 1000;
    area += (30 * (u * (1 - u)) ** 2) / 1000;
    close([EASINGS.smoother((i + 1) / 1000)], [area], 1e-5);
  }
});

test("a clip counts its own stops, and its moments are the film's", () => {
  const clip = clockOf({ holds: [0.5, 1, 2], moving: [2, 4], ease: "smooth", first: 3 });
  for (const seconds of [0, 0.3, 1.5, 3, 5.2, 9]) {
    const [own, film] = [clip.at(seconds), clock.at(seconds)];
    assert.deepEqual(own, { k: film.k + 3, t: film.t });
    close([clip.of(own)], [clock.of(film)], 1e-9);
  }
  assert.deepEqual([clip.stop(2), clip.nearest(7.6), clip.seconds], [7.5, 2, 9.5]);
});
