/* A picture as a drawing: words, axes and marks as vectors, over the cloth and its dots as a picture.
 *
 * The engine paints onto a canvas; what it draws there by paths and letters is written down instead. */

/** @import { Context, Place } from "../../types.js" */

const SVG = "http://www.w3.org/2000/svg";
const SHORT = 3; // digits behind the point of a length

/** @param {number} value */
const short = (value) => String(+value.toFixed(SHORT));

/** A css colour of `css` in overlay.js as a drawing's colour and opacity.
 * @param {string} name
 * @param {string} colour
 */
function inked(name, colour) {
  const [red, green, blue, alpha] = colour.match(/[\d.]+/g) || [];
  return { [name]: `rgb(${red}, ${green}, ${blue})`, [`${name}-opacity`]: alpha };
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} words
 */
function node(tag, words) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(words)) made.setAttribute(name, typeof value === "number" ? short(value) : value);
  return made;
}

/** A context that writes down what is drawn by vectors, and hands pixels on to a canvas.
 * @param {Context} context
 * @param {SVGElement} drawing
 */
function recorder(context, drawing) {
  let path = "";
  let dashes = "";
  let clips = 0;
  /** Groups that what is drawn goes into, the innermost last; how many there were at each save. */
  const groups = [drawing];
  /** @type {number[]} */
  const saved = [];
  /** @param {string} tag @param {Record<string, string | number>} words */
  const put = (tag, words) => {
    const made = node(tag, words);
    groups[groups.length - 1].append(made);
    return made;
  };
  /** @param {Record<string, string | number>} words */
  const within = (words) => { groups.push(put("g", words)); };
  /** @param {number} x @param {number} y @param {string} letter */
  const go = (x, y, letter) => { path += `${letter}${short(x)} ${short(y)}`; };
  /** @param {string} text @param {number} x @param {number} y @param {Record<string, string | number>} ink */
  const write = (text, x, y, ink) => {
    const [size, family] = [parseFloat(pen.font), pen.font.replace(/^\S+ /, "")];
    // Other fonts are wider or narrower: the words keep their places.
    const length = pen.measureText(text).width;
    const left = x - ({ center: 0.5, right: 1 }[pen.textAlign] || 0) * length;
    put("text", { x: pen.direction === "rtl" ? left + length : left, y, direction: pen.direction, "font-size": size, "font-family": family, textLength: length, lengthAdjust: "spacingAndGlyphs", ...ink }).textContent = text;
  };
  const line = () => ({
    ...inked("stroke", pen.strokeStyle), ...(dashes ? { "stroke-dasharray": dashes } : {}), "stroke-width": pen.lineWidth, "stroke-linecap": pen.lineCap, "stroke-linejoin": pen.lineJoin,
  });
  const pen = {
    canvas: context.canvas, font: "", fillStyle: "", strokeStyle: "", lineWidth: 1, lineCap: "butt", lineJoin: "miter", direction: "ltr", textAlign: "left",
    save() { saved.push(groups.length); },
    restore() { groups.length = saved.pop() || 1; },
    clip() {
      const id = `clip${clips++}`;
      put("clipPath", { id }).append(node("path", { d: path }));
      within({ "clip-path": `url(#${id})` });
    },
    /** @param {number} x @param {number} y */
    translate: (x, y) => within({ transform: `translate(${short(x)} ${short(y)})` }),
    /** @param {number} angle */
    rotate: (angle) => within({ transform: `rotate(${short((180 / Math.PI) * angle)})` }),
    /** @param {number[]} lengths */
    setLineDash(lengths) { dashes = lengths.map(short).join(" "); },
    /** @param {ImageData} image @param {number} x @param {number} y */
    putImageData: (image, x, y) => context.putImageData(image, x, y),
    /** @param {Parameters<Context["setTransform"]>} given */
    setTransform: (...given) => context.setTransform(...given),
    getTransform: () => context.getTransform(),
    /** @param {string} text */
    measureText(text) {
      context.font = pen.font;
      return context.measureText(text);
    },
    beginPath() { path = ""; },
    closePath() { path += "Z"; },
    /** @param {number} x @param {number} y */
    moveTo: (x, y) => go(x, y, "M"),
    /** @param {number} x @param {number} y */
    lineTo: (x, y) => go(x, y, path ? "L" : "M"),
    /** A whole circle: there are no others. @param {number} x @param {number} y @param {number} radius */
    arc(x, y, radius) {
      const [r, wide] = [short(radius), short(2 * radius)];
      go(x - radius, y, "M");
      path += `a${r} ${r} 0 1 0 ${wide} 0a${r} ${r} 0 1 0 -${wide} 0`;
    },
    /** @param {number} x @param {number} y @param {number} width @param {number} height */
    rect(x, y, width, height) {
      go(x, y, "M");
      path += `h${short(width)}v${short(height)}h${short(-width)}Z`;
    },
    /** @param {string} [rule] */
    fill: (rule = "nonzero") => put("path", { d: path, "fill-rule": rule, ...inked("fill", pen.fillStyle) }),
    stroke: () => put("path", { d: path, fill: "none", ...line() }),
    /** @param {number} x @param {number} y @param {number} width @param {number} height */
    fillRect: (x, y, width, height) => put("rect", { x, y, width, height, ...inked("fill", pen.fillStyle) }),
    /** @param {string} text @param {number} x @param {number} y */
    fillText: (text, x, y) => write(text, x, y, inked("fill", pen.fillStyle)),
    /** @param {string} text @param {number} x @param {number} y */
    strokeText: (text, x, y) => write(text, x, y, { fill: "none", ...line() }),
  };
  return pen;
}

/** What is painted onto a canvas, as the text of a drawing of so many pixels.
 * @param {Context} context of the canvas that takes the pixels
 * @param {Place} size
 * @param {string} title
 * @param {(context: Context) => unknown} paint
 */
export function drawn(context, [width, height], title, paint) {
  const drawing = node("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, role: "img" });
  const name = node("title", {});
  name.textContent = title;
  const marks = node("g", {});
  paint(/** @type {Context} */ (/** @type {unknown} */ (recorder(context, marks))));
  drawing.append(name, node("image", { href: context.canvas.toDataURL(), width, height }), marks);
  return new XMLSerializer().serializeToString(drawing);
}
