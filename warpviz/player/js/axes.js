/* Axes, ticks, scale bar and the small axes of a space: what the picture's lengths mean. */

/** The smallest of 1, 2, 5 × 10ⁿ that divides a span into at most `most` steps. */
function niceStep(span, most) {
  const raw = span / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].find((factor) => factor * power >= raw * (1 - 1e-12)) * power || 10 * power;
}

/** A tick's label with the digits that its step needs, and a true minus sign. */
function tickLabel(value, step) {
  const count = Math.round(value / step);
  if (count === 0) return "0";
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  let text = (count * step).toFixed(Math.min(digits, 100));
  if (step < 5e-3 || step >= 1e5) {
    const power = Math.floor(Math.log10(Math.abs(count * step)) + 1e-12);
    const more = power - Math.floor(Math.log10(step) + 1e-12);
    const [mantissa, exponent] = (count * step).toExponential(Math.max(0, more)).split("e");
    text = `${mantissa}e${Number(exponent)}`;
  }
  return text.replaceAll("-", "−");
}

/** A bar of a round length, so that the zoom stays honest. */
function putScale(context, layout, units, theme, opacity) {
  if (opacity <= 0 || !(units > 0 && units < Infinity)) return;
  const { small, unit, box } = layout;
  const y = layout.scale[1];
  const step = niceStep(units * 0.08 * (box.x1 - box.x0), 1);
  const label = tickLabel(step, step);
  const x1 = layout.scale[0] - textWidth(context, label, small) - 0.4 * small;
  const x0 = x1 - step / units;
  const tick = 0.22 * small;
  putText(context, label, x1 + 0.4 * small, y, theme.muted, small, [0, 0.5], opacity);
  const lines = [[x0, y, x1, y], [x0, y - tick, x0, y + tick], [x1, y - tick, x1, y + tick]];
  putStrokes(context, lines, Math.max(1, 1.4 * unit), theme.muted, opacity);
}

const GROUND = 0.86; // how much of the cloth the ground below words and axes hides

/** A ground around the safe area, so that what stands there is read also over cloth; and below
 * the names that reach into it: the upright axis', or the small axes'. */
function putGround(context, { box, safe, small, track }, theme, planar) {
  const middle = { x0: safe.x0, y0: safe.y0, x1: safe.x1, y1: safe.y1 };
  const corner = planar
    ? { x0: safe.x0, y0: safe.y0, x1: safe.x0 + 2 * small, y1: safe.y0 + 1.3 * small }
    : { x0: safe.x0, y0: safe.y1 - 2.8 * small, x1: Math.max(track[0] + 5.2 * small, safe.x0), y1: safe.y1 };
  context.fillStyle = css(theme.background, GROUND);
  context.beginPath();
  for (const { x0, y0, x1, y1 } of [box, middle, corner]) context.rect(x0, y0, x1 - x0, y1 - y0);
  context.fill("evenodd");
}

/** The axes of a plane along the left and the lower side of the safe area. */
function putAxes(context, layout, origin, units, names, theme, opacity) {
  if (!(units > 0 && units < Infinity)) return;
  const { safe, small, unit, box } = layout;
  const step = niceStep(units * Math.min(safe.x1 - safe.x0, safe.y1 - safe.y0), 5);
  const tick = 0.25 * small;
  const level = [[safe.x0, safe.y1, safe.x1, safe.y1]];
  const upright = names[1] ? [[safe.x0, safe.y0, safe.x0, safe.y1]] : [];
  const ticks = (low, high) => {
    const first = Math.ceil(low / step - 1e-9);
    const count = Math.floor(high / step + 1e-9) - first + 1;
    return Array.from({ length: Math.min(Math.max(count, 0), 200) }, (_, i) => first + i);
  };
  const nameAt = safe.x1 - textWidth(context, names[0], small);
  for (const i of ticks((safe.x0 - origin[0]) * units, (safe.x1 - origin[0]) * units)) {
    const x = origin[0] + (i * step) / units;
    level.push([x, safe.y1, x, safe.y1 + tick]);
    const label = tickLabel(i * step, step);
    if (x + textWidth(context, label, small) / 2 < nameAt - 0.3 * small) {
      putText(context, label, x, safe.y1 + tick, theme.muted, small, [0.5, 0], opacity);
    }
  }
  for (const i of names[1] ? ticks((origin[1] - safe.y1) * units, (origin[1] - safe.y0) * units) : []) {
    const y = origin[1] - (i * step) / units;
    upright.push([safe.x0 - tick, y, safe.x0, y]);
    if (y > safe.y0 + 0.5 * small) {
      const label = tickLabel(i * step, step);
      const edge = Math.max(safe.x0 - 1.5 * tick, box.x0 + textWidth(context, label, small) + 3);
      putText(context, label, edge, y, theme.muted, small, [1, 0.5], opacity);
    }
  }
  putStrokes(context, [...level, ...upright], Math.max(1, 1.1 * unit), theme.muted, 0.7 * opacity);
  putText(context, names[0], safe.x1, safe.y1 + tick, theme.muted, small, [1, 0], opacity);
  putText(context, names[1], safe.x0 + 1.5 * tick, safe.y0, theme.muted, small, [0, 0.2], opacity);
}

/** Small axes with their names in the corner, to tell the directions of a space. */
function putTriad(context, layout, turn, names, theme, opacity) {
  const { small, unit } = layout;
  const ways = [0, 1, 2].map((axis) => [turn[axis], -turn[3 + axis]]);
  const longest = Math.max(...ways.map((way) => Math.hypot(...way)), 1e-9);
  const reach = (2.45 * small) / longest;
  const left = Math.min(...ways.map((way) => way[0] * reach), 0);
  const below = Math.max(...ways.map((way) => way[1] * reach), 0);
  const corner = [layout.track[0] - left + 0.3 * small, layout.scale[1] - below];
  const from = (place) => corner.map((value, i) => value + small * place[i]);
  const { tips, places } = triadPlaces(ways.slice(0, names.length).map((way) => way.map((value) => value / longest)));
  putStrokes(context, tips.map((tip) => [...corner, ...from(tip)]), Math.max(1, 1.1 * unit), theme.muted, opacity);
  names.forEach((name, axis) => putText(context, name, ...from(places[axis]), theme.muted, small, [0.5, 0.5], opacity));
}

const TRIAD = 1.8;
const NAME_AWAY = 0.65;
const NAMES_APART = 1.1;
const NAME_TURNS = [0, 40, -40, 80, -80, 120, -120, 160, -160].map((angle) => (angle * Math.PI) / 180);
const END_ON = 0.05;
const ASIDE = [0.8, -0.6];

/** Where small axes end and their names stand, see `triad_places` of axes.py. */
function triadPlaces(ways) {
  const tips = ways.map((way) => way.map((value) => TRIAD * value));
  const lengths = ways.map((way) => Math.hypot(...way));
  const places = [];
  const taken = [[0, 0]];
  for (const index of ways.map((_, i) => i).sort((i, j) => lengths[j] - lengths[i])) {
    const [u, v] = lengths[index] > END_ON ? ways[index].map((value) => value / lengths[index]) : ASIDE;
    let best = tips[index];
    let room = -1;
    for (const distance of [NAME_AWAY, 1.8 * NAME_AWAY]) {
      for (const turn of NAME_TURNS) {
        const [c, s] = [Math.cos(turn), Math.sin(turn)];
        const at = [tips[index][0] + distance * (c * u - s * v), tips[index][1] + distance * (s * u + c * v)];
        const near = Math.min(...taken.map((other) => Math.hypot(at[0] - other[0], at[1] - other[1])));
        if (near > room && room < NAMES_APART) {
          best = at;
          room = near;
        }
      }
    }
    places[index] = best;
    taken.push(best);
  }
  return { tips, places };
}
