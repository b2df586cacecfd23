/* Tables of text with the label last, as people write them: see data/reading. */

/** @import { Points } from "../lab.d.ts" */

import { LAB } from "../known.js";
import { Trouble } from "../../payload.js";
import { say } from "../../words/say.js";
import { shownText } from "./reading.js";
import { plainNumber } from "./writing.js";

/** Points of the plane of a table: two columns of numbers and a label, the last one or
 * the only one of words. Features are standardised.
 * @param {string} text
 * @returns {Points}
 */
export function readTable(text) {
  const rows = tableLines(text);
  if (!rows.length) throw new Trouble(say("There are no lines of numbers and a label in this table"));
  const width = rows[0].length;
  const uneven = rows.findIndex((row) => row.length !== width);
  if (uneven >= 0) throw new Trouble(say("Line {number} of the table has {count:# cell|# cells}, the first one {all}", { number: uneven + 1, count: rows[uneven].length, all: width }));
  const headed = isHead(rows[0], rows.slice(1));
  const names = headed ? rows[0] : rows[0].map((_, i) => say("column {number}", { number: i + 1 }));
  const whole = rows.slice(headed ? 1 : 0).filter((row) => !row.some(isMissing));
  const left = rows.length - (headed ? 1 : 0) - whole.length;
  const label = labelColumn(whole, width);
  const features = names.map((_, i) => i).filter((i) => i !== label && !countsRows(whole.map((row) => row[i]), headed ? names[i] : "", i, headed));
  if (features.length < 2 || !whole.length) throw new Trouble(say("The table needs two columns of numbers, and one of labels"));
  for (const i of features) {
    const bad = rows.findIndex((row, k) => k >= (headed ? 1 : 0) && !row.some(isMissing) && !isNumber(row[i]));
    if (bad >= 0) throw new Trouble(say("Line {number} of the table, column '{name}', expects a number, got '{cell}'", { number: bad + 1, name: names[i], cell: shownText(rows[bad][i]) }));
  }
  if (features.length > 2) throw new Trouble(say("The laboratory expects points of two features, got {count}; choose two.", { count: features.length }));
  const labels = labelsOfTable(whole.map((row) => row[label]));
  const kinds = [...new Set(labels)].sort(byKind);
  if (kinds.length < 2) throw new Trouble(say("The laboratory expects points in 2 to {most} classes, got {count}.", { most: MOST_COLOURS, count: kinds.length }));
  if (kinds.length > MOST_COLOURS) throw new Trouble(say("The column '{name}' has {count:# different label|# different labels}, too many for classes", { name: names[label], count: kinds.length }));
  const columns = features.map((i) => standardised(whole.map((row) => numberIn(row[i]))));
  return {
    x: Float64Array.from({ length: 2 * whole.length }, (_, i) => columns[i % 2][i >> 1]),
    y: Uint8Array.from(whole, (_, i) => kinds.indexOf(labels[i])),
    classNames: kinds, features: features.map((i) => names[i]),
    remark: left ? say("{count:# line|# lines} with empty cells left out", { count: left }) : "",
  };
}

/** Colours that classes have. */
const MOST_COLOURS = 8;

/** @param {string} text */
function tableLines(text) {
  const { comments, separators } = LAB.TABLE;
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/).filter((line) => line.trim() && !comments.some((sign) => line.trimStart().startsWith(sign)));
  const told = /^sep=(.)$/.exec(lines[0] ?? "");
  if (told) lines.shift();
  const bare = lines.map((line) => line.replace(/"[^"]*"/g, ""));
  const looked = bare.slice(0, LAB.TABLE.first);
  const steady = [...separators].map((sign) => {
    const counts = looked.map((line) => line.split(sign).length - 1);
    const most = Math.max(...counts.slice(counts.length > 1 ? 1 : 0), 0);
    // In "1,5;2,5;cat" the commas are decimal.
    return { sign, rank: most > 0 ? counts.filter((count) => count === most).length + (sign === "," ? 0 : 0.5) : 0 };
  }).reduce((best, each) => (each.rank > best.rank ? each : best), { sign: " ", rank: 0 });
  const separator = told ? told[1] : steady.sign;
  return lines.map((line) => cellsOf(line, separator));
}

/** @param {string} line @param {string} separator */
function cellsOf(line, separator) {
  /** @type {string[]} */
  const cells = [];
  let cell = "";
  let quoted = false;
  for (const letter of separator === " " ? line.trim().replace(/\s+/g, " ") : line) {
    if (letter === '"') quoted = !quoted;
    else if (letter === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += letter;
  }
  cells.push(cell.trim());
  while (cells.length > 1 && cells[cells.length - 1] === "" && line.trimEnd().endsWith(separator)) cells.pop();
  return cells;
}

/** @param {string} cell */
function isMissing(cell) {
  return LAB.TABLE.missing.includes(cell.toLowerCase());
}

/** A cell as a number; a comma is decimal where it stands alone.
 * @param {string} cell
 */
function numberIn(cell) {
  const plain = cell.replace("−", "-").replace(/^([^,.]*),(\d*)$/, "$1.$2");
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain) ? Number(plain) : NaN;
}

/** @param {string} cell */
function isNumber(cell) {
  return Number.isFinite(numberIn(cell));
}

/** Whether the first line holds names: no cell of it is a number, or one is a word above numbers.
 * @param {string[]} first
 * @param {string[][]} below
 */
function isHead(first, below) {
  if (!first.some(isNumber)) return 2 * first.filter((cell, i) => below.some((row) => row[i] === cell)).length <= first.length;
  return first.some((cell, i) => !isNumber(cell) && !isMissing(cell) && below.length > 0 && below.every((row) => isNumber(row[i]) || isMissing(row[i])));
}

/** The last column, unless another is the only one of words.
 * @param {string[][]} rows
 * @param {number} width
 */
function labelColumn(rows, width) {
  const words = Array.from({ length: width }, (_, i) => i).filter((i) => rows.some((row) => !isNumber(row[i])));
  return words.length === 1 ? words[0] : width - 1;
}

/** Whether a column only numbers the rows: whole numbers, each of its own, under a name that says so,
 * or the first of a table without names that counts.
 * @param {string[]} cells
 * @param {string} name
 * @param {number} place
 * @param {boolean} headed
 */
function countsRows(cells, name, place, headed) {
  const { counters, counted } = LAB.TABLE;
  const numbers = cells.map(numberIn);
  if (!numbers.every(Number.isInteger) || new Set(numbers).size < numbers.length) return false;
  if (headed) return new RegExp(`^(?:${counters})$`, "i").test(name) || /[a-z](Id|ID)$/.test(name);
  return place === 0 && cells.length >= counted && numbers.every((value, k) => value === numbers[0] + k && (numbers[0] === 0 || numbers[0] === 1));
}

/** Labels as classes: 1, 1.0 and 1.00 are one; what are targets of a regression is refused.
 * @param {string[]} cells
 */
function labelsOfTable(cells) {
  if (!cells.every(isNumber)) return cells;
  const { most, few } = LAB.TABLE;
  const numbers = cells.map(numberIn);
  const kinds = new Set(numbers).size;
  const classes = numbers.every(Number.isInteger) && (kinds <= few || (kinds <= most && 2 * kinds <= numbers.length));
  if (!classes) throw new Trouble(say("The laboratory expects points in 2 to {most} classes, got numbers.", { most: MOST_COLOURS }));
  return numbers.map(String);
}

/** Numbers by size, then words.
 * @param {string} a
 * @param {string} b
 */
function byKind(a, b) {
  if (isNumber(a) && isNumber(b)) return numberIn(a) - numberIn(b);
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Numbers of mean 0 and deviation 1; equal ones become 0.
 * @param {number[]} values
 */
function standardised(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  if (!Number.isFinite(spread)) throw new Trouble(say("The table reaches {size}, too large to be standardised; scale it down.", { size: plainNumber(values.reduce((most, value) => Math.max(most, Math.abs(value)), 0), 2) }));
  return values.map((value) => (spread > 0 ? (value - mean) / spread : 0));
}

/** Points as a table that the command line takes.
 * @param {Points} points
 */
export function csvOf({ x, y, classNames, features }) {
  /** @param {string} cell */
  const safe = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const names = features.length === 2 ? features : ["x", "y"];
  const lines = Array.from(y, (label, i) => `${x[2 * i]},${x[2 * i + 1]},${safe(classNames[label] ?? String(label))}`);
  return `${[...names, "label"].map(safe).join(",")}\n${lines.join("\n")}\n`;
}
