import assert from "node:assert/strict";
import { test } from "node:test";
import { close, engine } from "./engine.mjs";

const { moved } = await engine("camera");
const { turnView, zoomView } = await engine("ui/view");

const still = () => ({ yaw: 0, pitch: 0, zoom: 1, panX: 0, panY: 0 });
const panels = [
  { box: [0, 0, 100, 80], centre: [50, 40] },
  { box: [100, 0, 200, 80], centre: [150, 40] },
];
// A place of the picture that lies u from the middle of its panel is seen at centre + pan + zoom·u.
const under = (view, at, centre) => [0, 1].map((axis) =>
  (at[axis] - centre[axis] - [view.panX, view.panY][axis]) / view.zoom);

test("what is under the pointer stays there while one zooms, in every panel", () => {
  for (const [at, { centre }] of [[[20, 70], panels[0]], [[130, 10], panels[1]]]) {
    const view = { ...still(), panX: 7, panY: -3 };
    const before = under(view, at, centre);
    for (const by of [1.5, 3, 0.4]) zoomView(view, panels, by, at);
    close(under(view, at, centre), before);
    close([view.zoom], [1.8]);
  }
});

test("without a pointer the first panel's middle stays, beside all panels too", () => {
  const view = still();
  zoomView(view, panels, 2, null);
  assert.deepEqual(view, { ...still(), zoom: 2 });
  zoomView(view, panels, 2, [500, 40]);
  close(under(view, [500, 40], panels[0].centre), [225, 0]);
});

test("zooming ends where nothing could be seen", () => {
  for (const [by, zoom] of [[1e6, 40], [1e-6, 0.2]]) {
    const view = still();
    zoomView(view, panels, by, null);
    close([view.zoom], [zoom]);
  }
  const view = still();
  zoomView(view, [], 2, null);
  assert.deepEqual(view, still());
});

test("the pitch stays within a half turn, the yaw goes round", () => {
  const view = still();
  turnView(view, 7, 9);
  close([view.yaw, view.pitch], [7, Math.PI]);
  turnView(view, 0, -99);
  close([view.pitch], [-Math.PI]);
});

test("a view is the film's own where nothing is changed", () => {
  assert.ok(!moved(still()) && !moved({}) && !moved(null));
  for (const change of [{ yaw: 0.1 }, { pitch: -1 }, { zoom: 2 }, { panX: 1 }, { panY: 1 }]) {
    assert.ok(moved({ ...still(), ...change }) && moved(change), JSON.stringify(change));
  }
});
