/* What the player knows and its one loop: it draws when something changed, and never else. */

/** @import { Film } from "../api.js" */
/** @import { Player } from "./player.js" */

import { Trouble } from "../payload.js";
import { STILL_VIEW, moved } from "../camera.js";
import { drawingOf } from "./drawing.js";
import { setHover } from "./hint.js";
import { advance, ahead, atStop, begin, glide, glideOn, jump, neighbour, onTheWay, rest, stepOf } from "./stepping.js";
import { turnView, zoomView } from "./view.js";

const MOST_PIXELS = 3.4e7; // 8K
const LONGEST = 0.1; // seconds that a film goes on from frame to frame

/** The player of a film.
 * @param {Film} film
 * @param {HTMLCanvasElement} canvas
 */
export function playerOf(film, canvas) {
  const context = canvas.getContext("2d", { willReadFrequently: false });
  if (!context) throw new Trouble("This film cannot be played here: the browser lets nothing be drawn on the page.");
  const light = matchMedia("(prefers-color-scheme: light)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** @type {((player: Player) => void)[]} */
  const listeners = [];
  let wanted = false;
  let last = 0;
  let moving = false;

  const ask = () => {
    if (!wanted) {
      wanted = true;
      requestAnimationFrame(frame);
    }
  };
  const drawing = drawingOf(context, ask);

  /** @param {number} now */
  function frame(now) {
    wanted = false;
    const since = Math.min((now - last) / 1000, LONGEST);
    last = now;
    if (player.running() && moving) advance(player, since * player.speed);
    glideOn(player, now);
    const stopped = moving && !player.running() && !player.glide;
    moving = player.running() || Boolean(player.glide);
    player.draw(stopped);
    player.inform();
    if (moving) ask();
  }

  /** @type {Player} */
  const player = {
    film, canvas, calm, name: "",
    seconds: 0, playing: false, speed: 1, looping: film.loop === 0, until: null, ended: false, glide: null,
    theme: film.theme, followsSystem: false, show: new Set(film.show), view: { ...STILL_VIEW },
    probes: [], chosen: -1, hover: null, matrices: false, printsStop: false,
    autoplay: "seen", seen: false,
    scale: 1, coarse: 1, sharp: false,

    listen: (listener) => { listeners.push(listener); },
    inform: () => { listeners.forEach((listen) => listen(player)); },
    running: () => player.playing && (player.seen || player.autoplay === "always"),
    redraw: ask,
    draw: (stopped = false) => drawing.draw(player, moving, stopped),
    moment: () => film.clock.at(player.seconds),
    step: () => stepOf(player),
    stop: () => film.clock.nearest(player.seconds),
    resting: () => atStop(player),
    seek(seconds) {
      jump(player, seconds);
      ask();
    },
    go(step) {
      player.pause();
      player.seek(film.clock.of(film.moment(step)));
    },
    play(until = null) {
      begin(player, until);
      moving = false;
      ask();
    },
    pause() {
      rest(player);
      ask();
    },
    toggle() {
      if (player.running()) return player.pause();
      player.seen = true;
      return player.play();
    },
    neighbour: (by) => neighbour(player, by),
    glideTo(stop) {
      if (calm) return player.go(stop);
      glide(player, stop, performance.now());
      return ask();
    },
    playTo(stop, from = null) {
      if (!calm && from !== null && from < stop && !onTheWay(player, from, stop)) player.go(from);
      if (calm || !ahead(player, stop)) player.go(stop);
      else player.play(film.clock.stop(stop));
    },
    turn(yaw, pitch) {
      turnView(player.view, yaw, pitch);
      ask();
    },
    zoom(by, at = null) {
      zoomView(player.view, film.panels, by, at);
      ask();
    },
    pan(x, y) {
      player.view.panX += x;
      player.view.panY += y;
      ask();
    },
    reset() {
      Object.assign(player.view, STILL_VIEW);
      ask();
    },
    viewed: () => moved(player.view),
    anew() {
      drawing.forget();
      player.draw();
      player.inform();
    },
    fit(width, height) {
      const columns = film.bestIn(width, height).columns;
      if (columns !== film.columns) {
        film.arrange(columns);
        setHover(player, null);
        player.view.panX = 0;
        player.view.panY = 0;
      }
      const [w, h] = film.size;
      const css = Math.max(Math.min(width / w, height / h), 0.05);
      player.scale = Math.min(css * (devicePixelRatio || 1), Math.sqrt(MOST_PIXELS / (w * h)));
      canvas.width = Math.round(w * player.scale);
      canvas.height = Math.round(h * player.scale);
      drawing.forget();
      canvas.style.width = `${w * css}px`;
      canvas.style.height = `${h * css}px`;
      ask();
    },
    pixel({ clientX, clientY }) {
      const box = canvas.getBoundingClientRect();
      return [((clientX - box.left) * film.size[0]) / box.width, ((clientY - box.top) * film.size[1]) / box.height];
    },
    now: () => ({ ...player.moment(), view: player.view, probes: player.probes }),
    setTheme(name) {
      const own = name === "auto" ? (light.matches ? "light" : "dark") : name;
      if (!film.themes.includes(own)) return;
      player.theme = own;
      player.followsSystem = name === "auto";
      ask();
    },
  };
  light.addEventListener("change", () => { if (player.followsSystem) player.setTheme("auto"); });
  return player;
}
