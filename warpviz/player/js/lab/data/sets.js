/* Named data sets, out of a seed of the page's own, and points by statements. */

/** @import { Asked, Points } from "../lab.d.ts" */
/** @import { Random } from "./data.d.ts" */

import { LAB } from "../known.js";
import { Trouble } from "../../payload.js";
import { say } from "../../words/say.js";
import { randomOf } from "./random.js";
import { sidesOf, statementOf } from "./statements.js";
import { shownText } from "./reading.js";

/** @typedef {{ places: number[][], names: string[] }} Made */
/** @typedef {(labels: Uint8Array, classes: number, random: Random) => Made} Maker */

const WHOLE_TURN = 2 * Math.PI;
/** @param {string} name */
const shape = (name) => /** @type {Record<string, Record<string, number>>} */ (LAB.SHAPES)[name];
/** @param {string} word @param {number} classes */
const countedNames = (word, classes) => Array.from({ length: classes }, (_, k) => `${word} ${k + 1}`);
/** @param {Uint8Array} labels @param {(label: number, i: number) => number[]} place @returns {number[][]} */
const placed = (labels, place) => Array.from(labels, (label, i) => place(label, i));
/** @param {number} radius @param {number} angle */
const around = (radius, angle) => [radius * Math.cos(angle), radius * Math.sin(angle)];

/** Points on rays: the angle in the outer loop, the radius in the inner, ends included.
 * @param {number} count
 * @param {number} least
 * @param {number} most
 */
function ringOf(count, least, most) {
  const along = Math.max(1, Math.floor(Math.sqrt(count)));
  const rays = Math.ceil(count / along);
  return Array.from({ length: count }, (_, i) => {
    const angle = rays > 1 ? (WHOLE_TURN * Math.floor(i / along)) / (rays - 1) : 0;
    const radius = along > 1 ? least + ((most - least) * (i % along)) / (along - 1) : least;
    return [radius * Math.sin(angle), radius * Math.cos(angle)];
  });
}

/** @type {Record<string, Maker>} */
const MAKERS = {
  rings(labels) {
    const { hole, disc, inner, outer } = shape("rings");
    const few = labels.filter((label) => label === 0).length;
    return { places: [...ringOf(few, hole, disc), ...ringOf(labels.length - few, inner, outer)], names: ["inner", "outer"] };
  },
  circles(labels, _, random) {
    const { inner, outer } = shape("circles");
    return { places: placed(labels, (label) => around(label ? outer : inner, random.uniform(0, WHOLE_TURN))), names: ["inner", "outer"] };
  },
  moons(labels, _, random) {
    const { radius, right, up } = shape("moons");
    return {
      places: placed(labels, (label) => {
        const [x, y] = around(radius, random.uniform(0, Math.PI));
        return [(1 - 2 * label) * (x - right), (1 - 2 * label) * (y - up)];
      }),
      names: ["upper", "lower"],
    };
  },
  spirals(labels, arms, random) {
    const { begin, length, half_turns: turns } = shape("spirals");
    return {
      places: placed(labels, (label) => {
        const share = Math.sqrt(random.uniform(0, 1));
        return around(begin + length * share, turns * Math.PI * share * Math.min(1, 2 / arms) + (WHOLE_TURN * label) / arms);
      }),
      names: countedNames("arm", arms),
    };
  },
  xor(labels, _, random) {
    const { low, high } = shape("xor");
    return {
      places: placed(labels, (label) => {
        const sign = random.integer(2) ? 1 : -1;
        return [sign * random.uniform(low, high), sign * (1 - 2 * label) * random.uniform(low, high)];
      }),
      names: ["same sign", "other sign"],
    };
  },
  blobs(labels, blobs, random) {
    const { radius, spread, share } = shape("blobs");
    const wide = Math.min(spread, share * Math.sin(Math.PI / blobs));
    return {
      places: placed(labels, (label) => around(radius, (WHOLE_TURN * label) / blobs + Math.PI / 2).map((at) => at + wide * random.normal())),
      names: countedNames("blob", blobs),
    };
  },
  checkerboard(labels, _, random) {
    const { squares, side, low, high } = shape("checkerboard");
    return {
      places: placed(labels, (label) => {
        const column = random.integer(squares);
        const row = 2 * random.integer(squares / 2) + ((column + label) % 2);
        return [column, row].map((at) => at * side - 1 + random.uniform(low, high));
      }),
      names: ["black", "white"],
    };
  },
};

/** The names of the data sets that there are. */
export function setNames() {
  return Object.keys(MAKERS);
}

/** A named data set; spirals and blobs take their number behind a colon.
 * @param {string} name
 * @param {Asked} asked
 * @returns {Points}
 */
export function makePoints(name, { count, noise, seed }) {
  const [stem, number, ...more] = name.split(":");
  const sets = /** @type {Record<string, { noise: number, classes: number | null }>} */ (LAB.DATASETS);
  const known = Object.hasOwn(sets, stem) ? sets[stem] : null;
  const classes = Number(number ?? known?.classes ?? 2);
  const fits = known && more.length === 0 && Number.isInteger(classes) && classes >= (known.classes ?? 2) && classes <= LAB.MOST_ARMS;
  if (!fits || (number !== undefined && !known.classes)) {
    throw new Trouble(say("There are no data '{name}'", { name: shownText(name) }));
  }
  const random = randomOf(seed);
  const y = labelsOf(Math.max(Math.floor(count), classes), classes);
  const { places, names } = MAKERS[stem](y, classes, random);
  const much = noise ?? known.noise;
  const x = Float64Array.from(places.flat(), (at) => (much > 0 ? at + much * random.normal() : at));
  return { x, y, classNames: names, features: [], remark: "" };
}

/** Labels one after the other, as equal in number as can be, the first ones more.
 * @param {number} count
 * @param {number} classes
 */
function labelsOf(count, classes) {
  const least = Math.floor(count / classes);
  const more = count % classes;
  let label = 0;
  let left = least + (more > 0 ? 1 : 0);
  return Uint8Array.from({ length: count }, () => {
    if (left-- === 0) {
      label++;
      left = least + (label < more ? 1 : 0) - 1;
    }
    return label;
  });
}

/** Where a statement about x and y holds on a lattice, and where not.
 * @param {string} text
 * @param {Asked} asked
 * @returns {Points}
 */
export function pointsOfStatement(text, { count, noise, seed }) {
  const holds = statementOf(text);
  const [x0, x1, y0, y1] = LAB.LATTICE.limits;
  const side = Math.max(Math.round(Math.sqrt(count)), 2);
  const random = randomOf(seed);
  /** @type {number[]} */
  const x = [];
  /** @type {number[]} */
  const y = [];
  for (let i = 0; i < side * side; i++) {
    const at = [x0 + ((x1 - x0) * (i % side)) / (side - 1), y0 + ((y1 - y0) * Math.floor(i / side)) / (side - 1)];
    const found = holds(at[0], at[1]);
    if (!found.defined) continue;
    y.push(found.holds ? 1 : 0);
    x.push(...at.map((place) => (noise ? place + noise * random.normal() : place)));
  }
  if (!y.includes(0) || !y.includes(1)) throw new Trouble(say("'{text}' is the same at all points, or nowhere defined", { text: shownText(text) }));
  const [is, isNot] = sidesOf(text);
  const gone = side * side - y.length;
  return {
    x: Float64Array.from(x), y: Uint8Array.from(y), classNames: [isNot, is].map(clipped), features: ["x", "y"],
    remark: gone ? say("{count:# point is|# points are} left out, where it is not defined", { count: gone }) : "",
  };
}

/** @param {string} name */
function clipped(name) {
  const most = LAB.LATTICE.name;
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
}
