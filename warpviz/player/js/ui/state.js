/* What the player knows and its one loop: it draws when something changed, and never else. */

const SLOW = 13; // ms a picture may take while things move; the cloth is drawn coarser beyond
const COARSEST = 0.45;
const MOST_PIXELS = 4e6;
const GLIDE = 0.4; // seconds from stop to stop by a remote

/** The player of a film: its state, and functions that change it. */
function playerOf(film, canvas) {
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
    scale: 1, coarse: 1, glide: null,
  };
  let wanted = false;
  let last = 0;
  let moving = false;
  let sharpen = 0;

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
    moving = player.playing || Boolean(player.glide);
    draw(moving);
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

  function draw(quick) {
    const { k, t } = player.moment();
    const detail = player.scale * (quick ? player.coarse : 1);
    const { view, show, theme, probes, hover } = player;
    const { total } = film.paint(context, { k, t, scale: player.scale, detail, theme, show, view, probes, hover });
    if (!quick) return;
    if (total > SLOW) player.coarse = Math.max(player.coarse * 0.9, COARSEST);
    else if (total < SLOW / 2) player.coarse = Math.min(player.coarse * 1.02, 1);
    if (player.coarse < 1) {
      clearTimeout(sharpen);
      sharpen = setTimeout(ask, 120);
    }
  }

  light.addEventListener("change", () => player.followsSystem && player.setTheme("auto"));
  return Object.assign(player, {
    listen: (listener) => listeners.push(listener),
    redraw: ask,
    draw: () => draw(false),
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
