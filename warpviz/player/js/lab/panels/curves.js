/* Loss and accuracy over the epochs, a line a column. */

/** @typedef {{ epochs: number[], losses: number[], accuracies: number[] }} History */
/** @typedef {{ text: string, colours: string[] }} Inks */

const MOST_NOTED = 1200; // points of a line; of more every second one is left out

const FAINT_RULE = 0.22;

/** A history that knows nothing.
 * @returns {History}
 */
export const noHistory = () => ({ epochs: [], losses: [], accuracies: [] });

/** What was known at an epoch.
 * @param {History} history
 * @param {number} last
 * @returns {History}
 */
export function upTo({ epochs, losses, accuracies }, last) {
  const count = epochs.filter((epoch) => epoch <= last).length;
  return { epochs: epochs.slice(0, count), losses: losses.slice(0, count), accuracies: accuracies.slice(0, count) };
}

/** Note an epoch.
 * @param {History} history
 * @param {number} epoch
 * @param {number} loss
 * @param {number} accuracy
 */
export function noted(history, epoch, loss, accuracy) {
  history.epochs.push(epoch);
  history.losses.push(loss);
  history.accuracies.push(accuracy);
  if (history.epochs.length <= MOST_NOTED) return;
  const last = history.epochs.length - 1;
  for (const each of [history.epochs, history.losses, history.accuracies]) {
    const rest = each.filter((_, i) => i % 2 === 0 || i === last);
    each.splice(0, each.length, ...rest);
  }
}

/** Draw the losses, by their logarithms, and the accuracies below.
 * @param {HTMLCanvasElement} canvas
 * @param {History[]} histories
 * @param {Inks} inks
 * @param {{ loss: string, accuracy: string, epochs: string }} words
 */
export function putCurves(canvas, histories, inks, words) {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width) return;
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const end = Math.max(...histories.map(({ epochs }) => epochs.at(-1) || 0), 1);
  const losses = histories.flatMap((history) => history.losses).filter((loss) => loss > 0 && isFinite(loss));
  const low = Math.floor(Math.log10(Math.min(...losses, 0.1)) * 2) / 2;
  const high = Math.max(Math.ceil(Math.log10(Math.max(...losses, 1)) * 2) / 2, low + 1);
  const left = 38;
  const half = Math.round(height * 0.56);
  const boxes = { loss: { y0: 8, y1: half - 16 }, accuracy: { y0: half + 12, y1: height - 24 } };
  context.font = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
  context.textBaseline = "middle";
  const across = (/** @type {number} */ epoch) => left + (epoch / end) * (width - left - 6);
  const lossAt = (/** @type {number} */ loss) => {
    const share = (Math.log10(Math.max(loss, 1e-12)) - low) / (high - low);
    return boxes.loss.y1 - Math.min(Math.max(share, 0), 1) * (boxes.loss.y1 - boxes.loss.y0);
  };
  const rightAt = (/** @type {number} */ share) => boxes.accuracy.y1 - share * (boxes.accuracy.y1 - boxes.accuracy.y0);
  /** @param {number} y @param {string} told */
  const ruled = (y, told) => {
    context.strokeStyle = inks.text;
    context.globalAlpha = FAINT_RULE;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(left, Math.round(y) + 0.5);
    context.lineTo(width - 6, Math.round(y) + 0.5);
    context.stroke();
    context.globalAlpha = 1;
    context.fillStyle = inks.text;
    context.textAlign = "right";
    context.fillText(told, left - 5, y);
  };
  for (let power = Math.ceil(low); power <= high; power++) ruled(lossAt(10 ** power), power >= -2 && power <= 2 ? String(+(10 ** power).toFixed(2)) : `1e${power}`);
  for (const share of [0, 0.5, 1]) ruled(rightAt(share), `${100 * share}`);
  context.textAlign = "right";
  context.fillText(words.loss, width - 6, boxes.loss.y0 + 9);
  context.fillText(words.accuracy, width - 6, boxes.accuracy.y1 - 8);
  context.fillText(words.epochs, width - 6, height - 9);
  context.textAlign = "left";
  context.fillText("0", left, height - 9);
  histories.forEach(({ epochs, losses: lost, accuracies }, i) => {
    context.strokeStyle = inks.colours[i % inks.colours.length];
    context.lineWidth = 1.75;
    context.lineJoin = "round";
    for (const [values, at] of /** @type {[number[], (value: number) => number][]} */ ([[lost, lossAt], [accuracies, rightAt]])) {
      context.beginPath();
      epochs.forEach((epoch, n) => context[n ? "lineTo" : "moveTo"](across(epoch), at(values[n])));
      context.stroke();
    }
  });
}
