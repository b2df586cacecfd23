"""What public values print as, and what a notebook shows of them."""

import inspect
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any, is_typeddict

import numpy as np
import pytest
from PIL import Image

import warpviz as wv
from tests.calls.made import studied

DATA = wv.load_data("moons", n=40)


@cache
def fit() -> wv.Fit:
    return wv.train(wv.mlp([2, 40, 30, 2], "tanh", seed=0), DATA, epochs=3)


@cache
def film() -> wv.Animation:
    return wv.animate(fit().chain, DATA, size=(240, 180))


@cache
def values() -> dict[str, Any]:
    """A large one of each public type."""
    chain = fit().chain
    return {
        "Activation": wv.Activation("relu"),
        "ActivationFunction": wv.activation("wave=sin(2*z)/2 + z/2"),
        "Animation": film(),
        "Approximation": wv.approximate("exp", steps=4),
        "Chain": chain,
        "Clock": wv.Clock(hold_at={2: 1.5}),
        "Dataset": DATA,
        "Dense": chain[0],
        "Fit": fit(),
        "Formula": wv.formula(chain),
        "Frame": film().frame(0, 0.5),
        "Graph": wv.graph(chain, form="network"),
        "History": fit().history,
        "Lab": wv.lab(wv.mlp([2, 8, 8, 2], "relu"), wv.load_data("rings")),
        "Landscape": wv.loss_landscape(fit(), DATA, grid=7),
        "Look": wv.Look(show=("measures",)),
        "Measures": wv.layer_measures(chain, DATA)[0],
        "Recipe": wv.Recipe(),
        "Recorder": wv.Recorder(chain),
        "RegionsFigure": wv.regions(wv.mlp([2, 9, 3], "relu"), DATA),
        "Residual": wv.Residual(wv.mlp([2, 3, 2], "relu", seed=0, softmax=False)),
        "Softmax": wv.Softmax(),
        "Staging": wv.Staging(),
        "Study": studied(),
        "StudyFigure": studied().plot("epoch", "probe_accuracy"),
        "Theme": wv.THEMES["dark"],
        "Timeline": wv.Timeline(40),
        "Trace": wv.trace(chain, (0.5, -0.5), (1.0, 0.0)),
        "Trajectory": wv.Trajectory.through(chain, DATA.x),
        "Written": wv.Written(film().title, 3, 0.5, 9),  # type: ignore[arg-type]
    }


def is_protocol(kind: type) -> bool:
    """Whether it only says what others have."""
    return bool(getattr(kind, "_is_protocol", False))


def types() -> list[str]:
    kinds = (name for name in wv.__all__ if inspect.isclass(getattr(wv, name)))
    return [
        name
        for name in kinds
        if not is_typeddict(getattr(wv, name)) and not is_protocol(getattr(wv, name))
        if not issubclass(getattr(wv, name), BaseException)
    ]


@pytest.mark.many(quick=3)
@pytest.mark.parametrize("name", types())
def test_every_public_value_prints_in_a_few_lines(name: str) -> None:
    value = values()[name]
    assert type(value) is getattr(wv, name)
    lines = repr(value).splitlines()
    assert 1 <= len(lines) <= 10 and len(repr(value)) < 1200
    assert name in repr(value) or type(value) is wv.Dense
    # Neither arrays nor addresses.
    assert "array(" not in repr(value) and " at 0x" not in repr(value)


def test_what_a_fit_prints_is_what_happened() -> None:
    history = fit().history
    told = repr(fit())
    assert f"{history.losses[0]:.4g} → {history.losses[-1]:.4g}" in told
    assert f"in {history.epochs[-1]} epochs" in told and "2→40→30→2, tanh, 1,412 para" in told
    right = (fit().chain(DATA.x).argmax(axis=1) == DATA.y).mean()
    shown = float(told.rpartition(", ")[2].removesuffix(" % right>"))
    assert shown <= 100 * right < shown + 0.1


def test_a_trace_prints_its_outputs_and_its_loss() -> None:
    trace = values()["Trace"]
    first, second = fit().chain([[0.5, -0.5]])[0]
    assert f"at (0.5, -0.5): out ({first:.4g}, {second:.4g})" in repr(trace)
    loss = ((first - 1.0) ** 2 + second**2) / 2
    assert f"half-squared {loss:.6g} from (1, 0)" in repr(trace)


def picture(name: str) -> np.ndarray[Any, Any]:
    show: Callable[[], bytes] = values()[name]._repr_png_
    with Image.open(BytesIO(show())) as image:
        assert image.format == "PNG"
        return np.asarray(image.convert("RGB"))


def test_a_frame_shows_its_own_pixels() -> None:
    assert np.array_equal(picture("Frame"), values()["Frame"].pixels)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Landscape", "RegionsFigure", "StudyFigure"])
def test_figures_show_themselves(name: str) -> None:
    shown = picture(name)
    assert min(shown.shape[:2]) >= 400 and len(np.unique(shown.reshape(-1, 3), axis=0)) > 50


def test_a_trace_shows_its_table() -> None:
    trace = values()["Trace"]
    table = trace._repr_markdown_()
    assert all(f"### {step.title}\n" in table for step in trace.steps)
    assert "### back through layer 1\n" in table
    for value in trace.steps[-1].outs:
        assert f"{value:.6f}".rstrip("0") in table
