"""Several that learn side by side in one film, on one clock."""

from pathlib import Path

import numpy as np
import pytest

import warpviz as wv
from tests.film.training.shown import DATA, SMALL
from tests.scenes import figure_of
from warpviz.errors import WarpvizError


@pytest.mark.slow
def test_several_learn_side_by_side_on_one_clock(fits: dict[str, wv.Fit]) -> None:
    film = wv.animate_training(fits, DATA, layer=2, size=(600, 300), fps=10.0, seconds=2.0)
    cloth = figure_of(film).cloth
    assert cloth is not None and [panel.title for panel in cloth.panels] == list(fits)
    epochs = [float(stop.rpartition(" ")[2]) for stop in figure_of(film).stops]
    assert epochs[0] == 0 and epochs[-1] == 30 and epochs == sorted(epochs)
    (chart,) = figure_of(film).charts
    for panel, curve, (name, fit) in zip(cloth.panels, chart.curves, fits.items(), strict=True):
        vertices = len(panel.sheet.vertices)
        known = fit.history.epochs
        for number, epoch in enumerate(epochs):
            # The last snapshot until then; whoever has ended stays as it is.
            at = max(s for s in range(len(known)) if known[s] <= epoch)
            ended = " · ended" if epoch > known[-1] else ""
            assert panel.stops[number] == f"logits · epoch {known[at]}{ended}"
            logits = fit.history.chain(at).logits()(DATA.x)
            shown = panel.path.keyframes[number, vertices:, :2]
            np.testing.assert_allclose(shown, logits, atol=1e-9, err_msg=name)
        assert curve.progress is not None
        wanted = np.interp(epochs, known, np.arange(len(known)))
        np.testing.assert_allclose(curve.progress, wanted)
    assert len({curve.colour for curve in chart.curves}) == 3
    assert not {curve.colour for curve in chart.curves} & set(film.scene.theme.classes[:2])
    assert film.frame(0, 0.5).pixels.shape == (300, 600, 3)
    assert cloth.panels[1].stops[-1] == "logits · epoch 12 · ended"
    assert "gelu of widths 2-3-2 learns" in film.description
    assert "over 12 epochs: logits moves as" in film.description
    plane = wv.animate_training(fits["relu"], DATA, layer=0, **SMALL).description
    assert "in the plane of the input the creases and the boundary move as" in plane
    plane = wv.animate_training(fits["tanh"], DATA, layer=0, **SMALL).description
    assert "in the plane of the input the boundary moves as" in plane
    bare = wv.animate_training(fits["tanh"], DATA, layer=0, hide=("boundary",), **SMALL).description
    assert "in the plane of the input the tint changes as" in bare


@pytest.mark.slow
def test_a_film_of_several_is_made_smaller(fits: dict[str, wv.Fit], tmp_path: Path) -> None:
    some = {name: fits[name] for name in ("relu", "tanh")}
    film = wv.animate_training(some, DATA, size=(600, 450), fps=8.0, seconds=1.0, jobs=1)
    whole = film.save(tmp_path / "a.gif")[0]
    (small,) = film.save(tmp_path / "b.gif", max_size=int(0.5 * whole.bytes))
    assert small.bytes <= 0.5 * whole.bytes and "pixels" in small.changes


def test_what_makes_no_film_of_several(fits: dict[str, wv.Fit]) -> None:
    with pytest.raises(WarpvizError, match="at least one record, got none"):
        wv.animate_training({}, DATA)
    with pytest.raises(WarpvizError, match="expects a Recorder, a Fit or its history, got str"):
        wv.animate_training({"relu": "fit"}, DATA)
    with pytest.raises(WarpvizError, match="too small to read"):
        wv.animate_training({str(i): fits["relu"] for i in range(12)}, DATA, size=(320, 240))
    with pytest.raises(WarpvizError, match=r"0 \(the input\) to 2 \(the logits\), got 3"):
        wv.animate_training(fits, DATA, layer=3)
