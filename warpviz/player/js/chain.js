/* The chain's forward pass, in double precision: states of any point, layer by layer. */

const TAIL = [
  0.17033792891176727, 0.14024520173287391, 0.09679797914995952, 0.05544369442070107,
  0.025734013027077726, 0.009194586596189658, 0.0022130755982052172, 0.0001725497132787582,
  -0.00010487029549281463, -3.864545472872478e-05, 8.942286217315236e-07, 3.561779022088035e-06,
  3.7127856916854423e-07, -3.1645991787162033e-07, -5.899233888989783e-08, 3.155421666249086e-08,
  6.9253721954657155e-09, -3.3429163733788777e-09, -6.697425941637946e-10, 2.577131803986999e-10,
  4.15691353357975e-11,
];

/** The normal distribution Φ(z); the polynomial is that of warpviz/model/normal.py. */
function lowerTail(z) {
  const a = Math.min(Math.abs(z), 39);
  const s = 5 / (a + 5);
  const u = s * (88 / 39) - 49 / 39;
  let tail = 0;
  for (let i = TAIL.length - 1; i >= 0; i--) tail = tail * u + TAIL[i];
  tail *= s * Math.exp(-0.5 * a * a);
  return z < 0 ? tail : 1 - tail;
}

function sigmoid(z) {
  const e = Math.exp(-Math.abs(z));
  return (z < 0 ? e : 1) / (1 + e);
}

const GELU_TANH = Math.sqrt(8 / Math.PI);

/** Every activation by the stem of its name; the number after a colon makes it. */
const ACTIVATIONS = {
  identity: () => (z) => z,
  relu: () => (z) => (z > 0 ? z : 0),
  leaky_relu: (slope = 0.01) => (z) => (z > 0 ? z : slope * z),
  tanh: () => Math.tanh,
  sigmoid: () => sigmoid,
  gelu: () => (z) => z * lowerTail(z),
  gelu_tanh: () => (z) => z / (1 + Math.exp(-GELU_TANH * (z + 0.044715 * z * z * z))),
  sin: () => Math.sin,
  silu: () => (z) => z * sigmoid(z),
  elu: (alpha = 1) => (z) => (z > 0 ? z : alpha * Math.expm1(z)),
  softplus: () => (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
};

/** The function of a name, as in "leaky_relu:0.2". */
function activation(name) {
  const [stem, parameter] = name.split(":");
  return ACTIVATIONS[stem](parameter === undefined ? undefined : Number(parameter));
}

/** Softmax of every row, or its logarithm, in place. */
function softmax(rows, count, width, log) {
  for (let row = 0; row < count; row++) {
    const from = row * width;
    let largest = -Infinity;
    let sum = 0;
    for (let i = 0; i < width; i++) largest = Math.max(largest, rows[from + i]);
    for (let i = 0; i < width; i++) sum += Math.exp(rows[from + i] -= largest);
    for (let i = 0; i < width; i++) {
      rows[from + i] = log ? rows[from + i] - Math.log(sum) : Math.exp(rows[from + i]) / sum;
    }
  }
}

/** One layer on `count` rows {values, width}. */
function stepped(step, state, count) {
  const { values, width } = state;
  let out = values;
  let wide = width;
  if (step.weight) {
    const { weight, bias } = step;
    wide = bias.length;
    out = new Float64Array(count * wide);
    for (let row = 0; row < count; row++) {
      for (let i = 0; i < wide; i++) {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += weight[i * width + j] * values[row * width + j];
        out[row * wide + i] = sum + bias[i];
      }
    }
  } else {
    out = values.slice();
  }
  if (step.activation === "softmax" || step.activation === "log_softmax") {
    softmax(out, count, wide, step.activation === "log_softmax");
  } else if (step.activation !== "identity") {
    const f = activation(step.activation);
    for (let i = 0; i < out.length; i++) out[i] = f(out[i]);
  }
  return { values: out, width: wide };
}

/** All states of points at the stops of a film: K × {values, width}, the input first. */
function statesOf(recipe, points, count) {
  const whole = [{ values: points, width: points.length / Math.max(count, 1) }];
  for (const step of recipe.steps) whole.push(stepped(step, whole[whole.length - 1], count));
  const states = [whole[0]];
  for (const [layer, unit] of recipe.acts) {
    const before = whole[layer];
    const after = whole[layer + 1];
    if (unit < 0) {
      states.push(after);
      continue;
    }
    // Only the units up to this one have been acted on.
    const values = before.values.slice();
    for (let row = 0; row < count; row++) {
      for (let i = 0; i <= unit; i++) values[row * before.width + i] = after.values[row * before.width + i];
    }
    states.push({ values, width: before.width });
  }
  return states;
}

/** A state as it is seen, (count, 3): p = (x − centre)·axes. */
function seen(view, state, count) {
  const { values, width } = state;
  const out = new Float64Array(3 * count);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < width; i++) {
      const away = values[row * width + i] - view.centre[i];
      for (let axis = 0; axis < 3; axis++) out[3 * row + axis] += away * view.axes[3 * i + axis];
    }
  }
  return out;
}

/** Keyframes (count, 3) of points in input coordinates, one for each stop. */
function keyframesOf(recipe, points, count) {
  return statesOf(recipe, points, count).map((state, k) => seen(recipe.views[k], state, count));
}

/** Places (u, v) on the sheet in input coordinates, also where it lies among many features. */
function onSheet(recipe, places, count) {
  const plane = recipe && recipe.plane;
  if (!plane) return Float64Array.from(places);
  const features = plane.origin.length;
  const out = new Float64Array(count * features);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < features; i++) {
      out[row * features + i] = plane.origin[i] +
        plane.axes[2 * i] * places[2 * row] + plane.axes[2 * i + 1] * places[2 * row + 1];
    }
  }
  return out;
}

/** Keyframes that were shipped quantised, see `_quantised` of panels.py. */
function keyframesFrom({ low, span, steps }) {
  const [stops, axes, count] = steps.shape;
  return Array.from({ length: stops }, (_, k) => {
    const out = new Float64Array(axes * count);
    for (let axis = 0; axis < axes; axis++) {
      const from = (k * axes + axis) * count;
      const start = low[k * axes + axis];
      const scale = span[k * axes + axis] / 65535;
      for (let i = 0; i < count; i++) out[i * axes + axis] = start + scale * steps[from + i];
    }
    return out;
  });
}
