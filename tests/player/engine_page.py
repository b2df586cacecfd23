"""A bare page that holds a film and the engine, and what tests ask of it."""

import base64
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arrays import Pixels
from warpviz.film.reel.animation import Animation
from warpviz.model import ACTIVATIONS
from warpviz.player.engine import engine_source, used
from warpviz.player.payload import payload

BARE = ("axes", "caption", "track", "legend", "scale")
"""Parts that are text and strokes: they are drawn by the browser's own hand."""

MORE = ("leaky_relu:0.2", "elu:0.5")

_PAGE = """<!doctype html><meta charset="utf-8"><title>film</title><canvas></canvas>
<script type="text/plain" id="film">{payload}</script>
<script>
(() => {{ "use strict";
{engine}
globalThis.warpviz = {{ load, activation, triadPlaces }};
}})();
</script>"""

_PAINT = """async ([options, scale]) => {
  const canvas = document.querySelector("canvas");
  canvas.width = Math.round(film.size[0] * scale);
  canvas.height = Math.round(film.size[1] * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (options.show) options.show = new Set(options.show);
  film.paint(context, options);
  const bytes = context.getImageData(0, 0, canvas.width, canvas.height).data;
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return [canvas.width, canvas.height, btoa(text)];
}"""

_LOAD = """async () => {
  globalThis.film = await warpviz.load(document.getElementById("film"));
  return film.acts;
}"""


class Screening:
    """A film in a page."""

    def __init__(self, page: Any, film: Animation, folder: Path) -> None:
        """Write the page, open it from disk and load the film."""
        self.page, self.film = page, film
        self.payload = payload(film)
        names = dict.fromkeys([*ACTIVATIONS, *MORE, *used(film.scene)])
        file = folder / "film.html"
        file.write_text(_PAGE.format(payload=self.payload, engine=engine_source(names)), "utf-8")
        page.goto(file.as_uri())
        self.acts = page.evaluate(_LOAD)

    def ask(self, expression: str, *values: Any) -> Any:
        """What an expression with `film` and the array `values` in it comes to."""
        return self.page.evaluate(f"(values) => {expression}", list(values))

    def picture(self, k: int, t: float, *, scale: float = 1.0, **options: Any) -> Pixels:
        """What is painted at a moment, (H, W, 3)."""
        width, height, data = self.page.evaluate(_PAINT, [{"k": k, "t": t, **options}, scale])
        pixels = np.frombuffer(base64.b64decode(data), dtype=np.uint8)
        return pixels.reshape(height, width, 4)[..., :3]

    def worst(self, moments: list[tuple[int, float]] | None = None, **options: Any) -> float:
        """The least PSNR between the page's picture and the film's, over moments of the film."""
        chosen = stops_and_middles(self.film) if moments is None else moments
        return min(
            psnr(self.film.frame(k, t).pixels, self.picture(k, t, **options)) for k, t in chosen
        )


def stops_and_middles(film: Animation) -> list[tuple[int, float]]:
    """Every stop, and a moment near the middle of every act."""
    acts = film.timeline.acts
    moving = [(k, t) for k in range(acts) for t in (0.0, 0.45)]
    return [*moving, (max(acts - 1, 0), 1.0 if acts else 0.0)]


def psnr(a: Pixels, b: Pixels) -> float:
    """Peak signal to noise in decibels; infinite for equal pictures."""
    assert a.shape == b.shape
    error = float(((a.astype(float) - b) ** 2).mean())
    return float("inf") if error == 0 else 10 * float(np.log10(255**2 / error))
