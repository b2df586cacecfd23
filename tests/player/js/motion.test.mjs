import { test } from "node:test";
import { close, engine } from "./engine.mjs";

const { along, pathOf } = await engine("motion");

function array(values, ...shape) {
  return Object.assign(Float64Array.from(values), { shape });
}

test("a turn by a right angle is half a right angle half-way", () => {
  const swing = {
    stretch: array([1, 0, 0, 1], 2, 2), planes: array([1, 0, 0, 1], 1, 2, 2),
    angles: array([Math.PI / 2], 1), trims: 0, n_in: 2, offset: array([0, 0], 2), aside: null, rest: false,
  };
  const path = pathOf([Float64Array.from([1, 0, 0]), Float64Array.from([0, 1, 0])], [swing]);
  close(along(path, 0, 0.5), [Math.SQRT1_2, Math.SQRT1_2, 0]);
});

test("without a swing points go straight", () => {
  const path = pathOf([Float64Array.from([1, 2, 3]), Float64Array.from([3, 2, 1])], [null]);
  close(along(path, 0, 0.25), [1.5, 2, 2.5]);
});
