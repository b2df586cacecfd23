/* What the player knows and its one loop: it draws when something changed, and never else. */

import { Trouble } from "../payload.js";

const SLOW = 24; // ms a picture may take while things move; the cloth is drawn coarser beyond
const COARSER = [1, 0.5, 0.42]; // of the screen's resolution; magnifying costs what 0.7 saves
const REST = 30; // ms after which a picture that stands still is drawn in full
const MOST_PIXELS = 3.4e7; // 8K
const GLIDE = 0.4; // seconds from stop to stop by a remote

/** The player of a film: its state, and functions that change it. */
export function playerOf(film, canvas) {
  const context = canvas.getContext("2d", { willReadFrequently: false });
  if (!context) throw new Trouble("This film cannot be played here: the browser lets nothing be drawn on the page.");
  const light = matchMedia("(prefers-color-scheme: light)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const listeners = [];
  const player = {
    film, canvas, calm,
    seconds: 0, playing: false, speed: 1, looping: film.loop === 0, until: null, ended: false,
    theme: film.theme, show: new Set(film.show),
    view: { yaw: 0, pitch: 0, zoom: 1, panX: 0, panY: 0 },
    probes: [], chosen: -1, hover: null, printsStop: false, followsSystem: false,
    scale: 1, coarse: 1, glide: null, sharp: false,
  };
  let wanted = false;
  let last = 0;
  let moving = false;
  let sharpen = 0;
  let drawn = ""; // what was drawn last, and when
  let drawnAt = -Infinity;
  let level = 0;
  let quickly = 0; // pictures in a row that took less than half the time there is

  /** Tell all who show something that the state changed. */
  const tell = () => listeners.forEach((listen) => listen(player));
  const ask = () => {
    if (!wanted) {
      wanted = true;
      requestAnimationFrame(frame);
    }
  };

  function frame(now) {
    wanted = false;
    const since = Math.min((now - last) / 1000, 0.1);
    last = now;
    if (player.playing && moving) advance(since * player.speed);
    if (player.glide) glideOn(now);
    const stopped = moving && !player.playing && !player.glide;
    moving = player.playing || Boolean(player.glide);
    draw(stopped);
    tell();
    if (moving) ask();
  }

  function advance(by) {
    const { clock } = film;
    const goal = player.until === null ? clock.seconds : player.until;
    player.seconds += by;
    if (player.seconds < goal) return;
    if (player.until === null && player.looping) {
      player.seconds %= clock.seconds;
      return;
    }
    player.seconds = player.until === null ? clock.stop(film.acts) : goal;
    player.ended = player.until === null || goal >= clock.stop(film.acts);
    player.playing = false;
    player.until = null;
  }

  function glideOn(now) {
    const { from, to, began } = player.glide;
    const part = Math.min((now - began) / (1000 * GLIDE), 1);
    player.seconds = part < 1 ? from + (to - from) * part : to;
    if (part === 1) player.glide = null;
  }

  /** Draw if anything changed: coarser while things change quickly, in full where they rest,
   * also at the stops of a film that plays. */
  function draw(stopped = false) {
    const { k, t } = player.moment();
    const { view, show, theme, probes, hover, scale } = player;
    const now = performance.now();
    const state = JSON.stringify([k, t, view, [...show], theme, probes, hover, scale, film.columns]);
    const same = state === drawn;
    if (same && player.sharp) return;
    const quick = !same && !stopped && (moving || now - drawnAt < 3 * REST);
    const part = quick ? COARSER[level] : 1;
    const { total } = film.paint(context, { k, t, scale, detail: scale * part, theme, show, view, probes, hover });
    Object.assign(player, { coarse: part, sharp: part === 1 });
    drawn = state;
    drawnAt = performance.now();
    if (quick) adapt(total);
    clearTimeout(sharpen);
    if (!player.sharp) sharpen = setTimeout(ask, REST);
  }

  function adapt(took) {
    quickly = took < SLOW / 2 ? quickly + 1 : 0;
    if (took > SLOW) level = Math.min(level + 1, COARSER.length - 1);
    else if (quickly > 12 && level > 0) {
      level -= 1;
      quickly = 0;
    }
  }

  light.addEventListener("change", () => player.followsSystem && player.setTheme("auto"));
  return Object.assign(player, {
    listen: (listener) => listeners.push(listener),
    redraw: ask,
    draw,
    moment: () => film.clock.at(player.seconds),
    step: () => film.step(player.moment()),
    stop: () => film.clock.nearest(player.seconds),
    /** Whether the film rests at a stop. */
    resting() {
      const step = player.step();
      return Math.abs(step - Math.round(step)) < 1e-9;
    },
    seek(seconds) {
      player.seconds = Math.min(Math.max(seconds, 0), film.clock.seconds);
      player.glide = null;
      player.ended = false;
      ask();
    },
    /** Stand at a place counted in stops, such as 2.5. */
    go(step) {
      player.pause();
      player.seek(film.clock.of(film.moment(step)));
    },
    play(until = null) {
      const end = film.clock.stop(film.acts);
      if (player.seconds >= end - 1e-9 && until === null) player.seconds = 0;
      Object.assign(player, { playing: true, until, glide: null, ended: false });
      moving = false;
      ask();
    },
    pause() {
      Object.assign(player, { playing: false, until: null, glide: null });
      ask();
    },
    toggle: () => (player.playing ? player.pause() : player.play()),
    /** The stop before or after where the film is. */
    neighbour(by) {
      const step = player.step();
      const near = by > 0 ? Math.floor(step + 1e-9) + 1 : Math.ceil(step - 1e-9) - 1;
      return Math.min(Math.max(near, 0), film.acts);
    },
    glideTo(stop) {
      const to = film.clock.stop(stop);
      if (calm) return player.go(stop);
      // From a glide under way, the next one starts at its goal.
      if (player.glide) player.seconds = player.glide.to;
      player.pause();
      player.glide = { from: player.seconds, to, began: performance.now() };
      return ask();
    },
    /** Play until a stop and rest there; back to it at once. */
    playTo(stop) {
      const goal = film.clock.stop(stop);
      if (goal <= player.seconds + 1e-9 || calm) player.go(stop);
      else player.play(goal);
    },
    turn(yaw, pitch) {
      player.view.yaw += yaw;
      player.view.pitch = Math.min(Math.max(player.view.pitch + pitch, -Math.PI), Math.PI);
      ask();
    },
    /** Zoom by a factor about a film pixel, by default the middle of the first panel. */
    zoom(by, at = null) {
      const { view } = player;
      const panel = film.panels.find(({ box }) => at && at[0] >= box[0] && at[0] < box[2] && at[1] >= box[1] && at[1] < box[3]) || film.panels[0];
      if (!panel) return;
      const factor = Math.min(Math.max(view.zoom * by, 0.2), 40) / view.zoom;
      const [x, y] = at || panel.centre;
      view.panX = x - panel.centre[0] - (x - panel.centre[0] - view.panX) * factor;
      view.panY = y - panel.centre[1] - (y - panel.centre[1] - view.panY) * factor;
      view.zoom *= factor;
      ask();
    },
    pan(x, y) {
      player.view.panX += x;
      player.view.panY += y;
      ask();
    },
    reset() {
      Object.assign(player.view, { yaw: 0, pitch: 0, zoom: 1, panX: 0, panY: 0 });
      ask();
    },
    viewed: () => Object.entries(player.view).some(([name, value]) => value !== (name === "zoom" ? 1 : 0)),
    /** Fit the picture into so many CSS pixels. */
    fit(width, height) {
      const columns = film.bestIn(width, height).columns;
      if (columns !== film.columns) {
        film.arrange(columns);
        player.hover = null;
        Object.assign(player.view, { panX: 0, panY: 0 });
      }
      const [w, h] = film.size;
      const css = Math.max(Math.min(width / w, height / h), 0.05);
      const sharp = Math.min(css * (devicePixelRatio || 1), Math.sqrt(MOST_PIXELS / (w * h)));
      player.scale = sharp;
      canvas.width = Math.round(w * sharp);
      canvas.height = Math.round(h * sharp);
      drawn = "";
      canvas.style.width = `${w * css}px`;
      canvas.style.height = `${h * css}px`;
      ask();
    },
    /** From a pointer's place to film pixels. */
    pixel({ clientX, clientY }) {
      const box = canvas.getBoundingClientRect();
      return [((clientX - box.left) * film.size[0]) / box.width, ((clientY - box.top) * film.size[1]) / box.height];
    },
    /** What `film.pick` and its kin need to know of now. */
    now: () => ({ ...player.moment(), view: player.view, probes: player.probes }),
    setTheme(name) {
      const wanted = name === "auto" ? (light.matches ? "light" : "dark") : name;
      if (!film.themes.includes(wanted)) return;
      player.theme = wanted;
      player.followsSystem = name === "auto";
      ask();
    },
  });
}
