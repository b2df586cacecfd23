import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { engine } from "./engine.mjs";

const heard = {};
const posted = [];
let now = 0;
globalThis.performance = { now: () => now };
globalThis.location = { hash: "", protocol: "file:", href: "file:///fold.html" };
globalThis.window = { name: "" };
globalThis.parent = { postMessage: ({ warpviz }) => posted.push(warpviz) };
globalThis.addEventListener = (name, listener) => { heard[name] = listener; };
const page = {
  classList: { toggle: (name, on) => { page.bare = on; } },
  addEventListener: (_, press) => { page.press = press; }, querySelectorAll: () => [], bare: null,
  options: [0.5, 1, 2].map((value) => ({ value })), add(choice) { page.added = choice.value; },
};
globalThis.Option = class { constructor(text, value) { Object.assign(this, { text, value }); } };
globalThis.document = {
  getElementById: () => page,
  body: { dataset: {} },
  addEventListener: (name, listener) => { heard[name] = listener; },
};
const { address, momentWords } = await engine("ui/outside/address");
const { messages, stateOf } = await engine("ui/outside/messages");

/** A player behind an address, and what it was asked for. */
function driven(hash, { calm = false } = {}) {
  location.hash = hash;
  const calls = [];
  const player = {
    film: { stops: ["a", "b", "c"], show: new Set(["track"]), panels: [{ hasChain: true, features: 2, ownAxes: [] }], clock: { of: ({ k, t }) => 10 * (k + t) }, moment: (step) => ({ k: 0, t: step }) },
    calm, speed: 1, looping: true, printsStop: false, playing: false, ended: false, show: new Set(),
    autoplay: "seen", seen: true, theme: "dark", seconds: 0, view: { yaw: 0, pitch: 0, zoom: 1, panX: 0, panY: 0 }, probes: [], viewed: () => player.view.zoom !== 1,
    running: () => player.playing, at: 0, step: () => player.at, resting: () => Number.isInteger(player.at), redraw() {},
    listen: (listener) => { player.told = () => listener(player); },
  };
  player.reset = () => Object.assign(player.view, { yaw: 0, pitch: 0, zoom: 1, panX: 0, panY: 0 });
  for (const name of ["setTheme", "seek", "go", "playTo", "play", "pause"]) {
    player[name] = (...values) => { calls.push([name, ...values]); };
  }
  address(player);
  messages(player);
  return { player, calls };
}

beforeEach(() => {
  posted.length = 0;
  page.bare = null;
});

test("the address says how a film begins", () => {
  const { player, calls } = driven("#step=1.5&theme=light&speed=2&loop=0&print=stop&controls=0&autoplay=0");
  assert.deepEqual(calls, [["setTheme", "light"], ["seek", 15]]);
  assert.deepEqual([player.speed, player.looping, player.printsStop, page.bare], [2, false, true, true]);
  assert.ok(player.show.has("track"), "without controls the film's own track is shown");
});

test("what no number is does nothing", () => {
  for (const hash of ["#t=abc&autoplay=0", "#step=&autoplay=0", "#step=1e999&speed=-1&autoplay=0", "#speed=x&autoplay=0"]) {
    const { player, calls } = driven(hash);
    assert.deepEqual([calls, player.speed], [[], 1], hash);
  }
});

test("a film plays by itself, unless one asked for calm or against it", () => {
  const plays = (hash, calm) => driven(hash, { calm }).calls.some(([name]) => name === "play");
  assert.deepEqual([plays("", false), plays("", true), plays("#autoplay=1", true), plays("#autoplay=0", false)],
    [true, false, true, false]);
});

test("the address comes before the frame's name, and the name before the file", () => {
  const begun = (hash, name, file) => {
    window.name = name;
    document.body.dataset = file;
    const { player, calls } = driven(hash);
    window.name = "";
    document.body.dataset = {};
    return [player.autoplay, calls.some(([call]) => call === "play")];
  };
  assert.deepEqual(begun("", "", { autoplay: "0", stops: "4" }), ["0", false]);
  assert.deepEqual(begun("", "warpviz#autoplay=always", { autoplay: "0" }), ["always", true]);
  assert.deepEqual(begun("#autoplay=seen", "warpviz#autoplay=0", { autoplay: "0" }), ["seen", true]);
  assert.deepEqual(begun("#autoplay=1", "", {}), ["always", true]);
  // A name that is not ours, and what is no word.
  assert.deepEqual(begun("", "autoplay=0", {}), ["seen", true]);
  assert.deepEqual(begun("#autoplay=never", "", {}), ["seen", true]);
});

test("a link to a moment leads back to it", async () => {
  const from = driven("#autoplay=0").player;
  Object.assign(from.view, { yaw: 0.25, pitch: -0.5, zoom: 2, panX: 3, panY: -4 });
  from.at = 1.25004;
  from.probes = [{ panel: 0, label: "A", point: [0.125, -3], extent: 2 }];
  const words = momentWords(from);
  assert.equal(words, "step=1.25&theme=dark&autoplay=0&view=0.25,-0.5,2,3,-4&probes=0:0.125,-3");
  const { player, calls } = driven(`#${words}`);
  assert.deepEqual([player.view, player.probes.map(({ point }) => point)], [from.view, [[0.125, -3]]]);
  assert.deepEqual(calls, [["setTheme", "dark"], ["seek", 12.5]]);
  // What is none changes nothing.
  for (const hash of ["#view=1,2&autoplay=0", "#view=1,2,x,4,5&probes=7:1,2&autoplay=0", "#probes=0:1;0:1,2,3;0:1,;x&view=,,,,&autoplay=0"]) {
    const { player: same } = driven(hash);
    assert.deepEqual([same.view.zoom, same.view.panX, same.probes], [1, 0, []], hash);
  }
  assert.equal(driven("#view=0,0,1e9,0,0&autoplay=0").player.view.zoom, 40);
  // In a page that is open already what stands there empty is the film's own; what is not told stays.
  location.hash = "#step=1";
  heard.hashchange();
  const away = driven(`#${words}`).player;
  location.hash = "#autoplay=0&step=0";
  heard.hashchange();
  assert.deepEqual([away.view.zoom, away.probes.length], [2, 1]);
  location.hash = `#${momentWords(driven("#autoplay=0").player)}`;
  const open = driven(`#${words}`).player;
  location.hash = "#step=0&theme=dark&autoplay=0&view=&probes=";
  heard.hashchange();
  assert.deepEqual([open.view.zoom, open.view.panX, open.probes], [1, 0, []]);
});

test("the state is told in copies", () => {
  const { player } = driven("#autoplay=0");
  player.probes = [{ panel: 0, label: "A", point: [1, 2], extent: 2 }];
  const state = stateOf(player);
  assert.deepEqual(Object.keys(state).sort(), ["autoplay", "ended", "loop", "name", "names", "playing", "probes", "seconds",
    "seen", "show", "speed", "step", "stops", "theme", "view"]);
  assert.deepEqual([state.stops, state.names, state.probes], [3, ["a", "b", "c"], [{ panel: 0, label: "A", point: [1, 2] }]]);
  state.view.zoom = 7;
  state.probes[0].point[0] = 7;
  assert.deepEqual([player.view.zoom, player.probes[0].point[0]], [1, 1]);
});

test("a new address is obeyed, and plays or rests only where it says so", () => {
  const { calls } = driven("#autoplay=0");
  for (const [hash, call] of [["#t=3", ["seek", 3]], ["#autoplay=1", ["play"]], ["#autoplay=0", ["pause"]], ["#autoplay=seen", ["play"]]]) {
    location.hash = hash;
    heard.hashchange();
    assert.deepEqual(calls.splice(0), [call], hash);
  }
});

test("messages are obeyed, and nonsense in them is not", () => {
  const { player, calls } = driven("#autoplay=0");
  const ask = (data) => { heard.message({ data }); return calls.splice(0); };
  assert.deepEqual(ask({ warpviz: { step: 2, theme: "dark" } }), [["setTheme", "dark"], ["go", 2]]);
  assert.deepEqual(ask({ warpviz: { playTo: 1.2 } }), [["playTo", 1, null]]);
  assert.deepEqual(ask({ warpviz: { playTo: 2, from: 1 } }), [["playTo", 2, 1]]);
  assert.deepEqual(ask({ warpviz: { playTo: 2, from: "x" } }), [["playTo", 2, null]]);
  assert.deepEqual(ask({ warpviz: { play: true } }), [["play"]]);
  assert.deepEqual(ask({ warpviz: { pause: true } }), [["pause"]]);
  ask({ warpviz: { loop: 0, speed: "0.5" } });
  assert.deepEqual([player.looping, player.speed], [false, 0.5]);
  for (const data of [null, 7, "text", {}, { warpviz: null }, { warpviz: "play" },
    { warpviz: { step: null, playTo: "x", theme: 3, speed: "fast" } }]) {
    assert.deepEqual(ask(data), [], JSON.stringify(data));
  }
});

test("what is said to another film of the page is not heard, and its own name is told", () => {
  const { player, calls } = driven("#autoplay=0&name=left");
  for (const [to, heardBy] of [["left", 1], ["right", 0], ["", 0], [undefined, 1]]) {
    heard.message({ data: { warpviz: { to, step: 2 } } });
    assert.equal(calls.splice(0).length, heardBy, to);
  }
  player.told();
  assert.deepEqual([stateOf(player).name, posted.at(-1).name], ["left", "left"]);
});

test("the page around is told what changed, ten times a second at most", () => {
  const { player } = driven("#autoplay=0");
  player.told();
  player.told();
  assert.deepEqual(posted, [{ name: "", step: 0, stops: 3, playing: false, ended: false }]);
  player.playing = true;
  for (let i = 1; i <= 30; i++) {
    now += 10;
    player.at = i / 100;
    player.told();
  }
  assert.ok(posted.length <= 5 && posted.length >= 3, `${posted.length} messages in 0.3 seconds`);
  // A stop is told at once.
  player.at = 1;
  player.told();
  assert.equal(posted.at(-1).step, 1);
  heard.message({ data: { warpviz: { tell: true } } });
  assert.deepEqual(posted.at(-1), posted.at(-2));
});

test("a speed that the list does not have is shown in it", () => {
  page.added = null;
  driven("#autoplay=0&speed=2");
  assert.equal(page.added, null);
  assert.equal(driven("#autoplay=0&speed=100").player.speed, 8);
  assert.equal(page.added, "8");
});

test("traits are the same on both sides once somebody names one", async () => {
  const { player, calls } = driven("#autoplay=0");
  player.told();
  assert.equal(posted.at(-1).traits, undefined);
  calls.length = 0;
  const traits = { playing: true, step: 1.5, probes: [[0.5, -1], [1], ["x", 2], [0, 1]], view: { yaw: 0.5, zoom: 99 }, speed: 2, theme: "auto", none: 1 };
  heard.message({ data: { warpviz: { traits, number: 7 } } });
  assert.deepEqual(calls, [["setTheme", "auto"], ["seek", 15], ["play"]], "in this order");
  const { heard: number, traits: back } = posted.at(-1);
  assert.deepEqual([number, back.probes, back.view.zoom, back.view.yaw, back.speed], [7, [[0.5, -1], [0, 1]], 40, 0.5, 2]);
  assert.deepEqual(player.probes.map(({ label }) => label), ["A", "B"]);
  assert.deepEqual(Object.keys(back).sort(), ["playing", "probes", "speed", "step", "theme", "view"]);
  // The same again changes nothing.
  player.playing = true;
  const { probes } = player;
  calls.length = 0;
  heard.message({ data: { warpviz: { traits: { playing: true, probes: [[0.5, -1], [0, 1]], step: null }, number: 8 } } });
  assert.deepEqual([calls, player.probes === probes, posted.at(-1).heard], [[], true, 8]);
  // While things move it is told ten times a second, and at last what is true.
  posted.length = 0;
  for (let i = 0; i < 30; i++) {
    player.view.yaw += 0.01;
    player.told();
  }
  assert.ok(posted.length <= 1);
  await new Promise((done) => { setTimeout(done, 130); });
  assert.deepEqual(posted.at(-1).traits.view, player.view);
});

test("in a deck its keys are handed to it", () => {
  driven("#autoplay=0&keys=parent");
  const press = (key, more) => {
    let stopped = 0;
    heard.keydown({ key, preventDefault() { stopped++; }, stopImmediatePropagation() { stopped++; }, ...more });
    return stopped === 2;
  };
  assert.ok(press("PageDown") && !press("t") && !press("f", { ctrlKey: true }));
  assert.deepEqual(posted, [{ key: "PageDown" }]);
});
