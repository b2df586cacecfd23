"""The compiled kernels give the integers that numpy gives, and refuse what would harm them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.picture.raster.scenes import SCENES
from warpviz import compiled

KERNELS = compiled.find()


def in_numpy(monkeypatch: pytest.MonkeyPatch, draw: Callable[[], Any]) -> Any:
    with monkeypatch.context() as patch:
        patch.setattr(compiled, "KERNELS", None)
        return draw()


def test_they_were_built() -> None:
    """With a compiler they are; `pip install -e .` builds them."""
    assert KERNELS is not None


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("first", [pytest.param(0), pytest.param(30, marks=pytest.mark.slow)])
def test_equal_integers(scene: str, first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(first, 30 if not first else 600):
        draw = SCENES[scene]
        ours = draw(np.random.default_rng(seed))
        theirs = in_numpy(monkeypatch, lambda: draw(np.random.default_rng(seed)))  # noqa: B023
        assert ours.dtype == theirs.dtype or {ours.dtype.kind, theirs.dtype.kind} == {"i", "f"}
        np.testing.assert_array_equal(ours, theirs, err_msg=f"{scene}, seed {seed}")


FILMS: dict[str, Callable[[], wv.Animation]] = {
    "title": lambda: wv.animate(wv.mlp([2, 3, 3, 2], "relu", seed=3), wv.load_data("rings", n=200)),
    "smooth": lambda: wv.animate(
        wv.mlp([2, 4, 3, 2], "gelu", seed=0), wv.load_data("moons", n=90), theme="light"
    ),
    "classic": lambda: wv.classic("relu", epochs=3, size=(320, 240)),
}


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("name", FILMS)
def test_films_are_the_same_pixels(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    film = FILMS[name]()
    for k in range(film.timeline.acts):
        ours = film.frame(k, 0.6).pixels
        theirs = in_numpy(monkeypatch, lambda: film.frame(k, 0.6).pixels)  # noqa: B023
        np.testing.assert_array_equal(ours, theirs)


def good() -> dict[str, tuple[Any, ...]]:
    canvas = np.zeros((3, 8, 9), dtype=np.float32)
    through = np.ones(5, dtype=np.float32)
    density = np.zeros((8, 9), dtype=np.int64)
    points = np.ones((4, 2))
    edges = np.zeros((2, 4), dtype=np.int64)
    pairs, ink = np.zeros((2, 2), dtype=np.int64), np.ones(2)
    bytes_ = np.zeros((8, 9), dtype=np.uint8)
    return {
        "sight": (
            np.ones((4, 3)), tuple(range(9)), (0.0, 1.0, 2.0), (1.0, 3.4, 2.0), points.copy(),
            np.ones(4),
        ),
        "farthest": (np.ones((4, 3)), np.ones((4, 3)), 0.5, (0.0, 1.0, 2.0)),
        "widest": (
            np.ones((4, 3)), np.ones((4, 3)), 0.5, tuple(range(9)), (0.0, 1.0, 2.0),
            (1.0, 3.4, 2.0), (0.5, 0.25),
        ),
        "bounds": (points, np.zeros((3, 1), dtype=np.int64)),
        "shades": (
            np.ones((4, 3)), points, np.ones(4), np.zeros((2, 3), dtype=np.int64),
            np.zeros(2, dtype=np.int64), np.ones((1, 3)), np.ones(3), np.zeros((3, 5)),
            (0.8, 0.2, 0.7, 1.1, 9.0, 4.0), (0.0, 0.0, 1.0), (1.0, 2.0, 3.0),
        ),
        "cells": (canvas, points, (0.0, 0.0), edges, np.zeros((1, 5)), through),
        "lines": (
            density, points, (0.0, 0.0), pairs, ink, np.ones((64, 4)), (3, 1.0, 1.0, 0.2, 4096.0)
        ),
        "dots": (density, points, (0.0, 0.0), np.ones((8, 8, 5, 8), dtype=np.int64)),
        "series": (
            canvas, points, (0.0, 0.0), np.ones((8, 8, 5, 8), dtype=np.int64), 27, (1, 2, 3),
            through,
        ),
        "ink": (canvas, density, (1, 2, 3), 0.5, through),
        "inks": (canvas, density[None], np.zeros((1, 3), dtype=np.float32), through),
        "outlined": (canvas, density, 27, (1, 2, 3), through),
        "mask": (canvas, np.ones((3, 4), dtype=np.float32), 1.0, 2.0, (1, 2, 3), 0.5),
        "bar": (canvas, (1.0, 2.0, 3.0, 4.5), (1, 2, 3)),
        "pixels": (canvas, np.zeros((3, 8, 9), dtype=np.uint8)),
        "indices": (
            np.zeros((3, 8, 9), dtype=np.uint8), np.zeros(2**18, dtype=np.uint8), bytes_
        ),
        "canvas_indices": (canvas, np.zeros(2**18, dtype=np.uint8), bytes_),
        "codes": (bytes_,),
        "pool": (np.zeros((8, 9, 3), dtype=np.uint8), np.zeros((2**18, 4), dtype=np.int64)),
        "patch": (bytes_, bytes_.copy(), np.zeros(2**16, dtype=np.bool_), bytes_.copy()),
    }  # fmt: skip


def spoilt(argument: Any) -> list[Any]:
    """What stands for an argument and harms: other types, shapes, numbers."""
    if isinstance(argument, tuple):
        return [None, (np.nan, *argument[1:]), argument[1:]]
    if not isinstance(argument, np.ndarray):
        return [None]
    wrong: list[Any] = [None, argument[None], argument.astype(np.complex128), argument[..., ::2]]
    if argument.dtype.kind == "f" and argument.ndim == 2 and argument.shape[1] == 2:
        wrong += [np.where(argument > 0, np.nan, 0.0), np.full_like(argument, 1e300)]
    if argument.dtype.kind == "i" and argument.ndim == 2 and argument.shape[1] < 5:
        wrong += [np.full_like(argument, 99), np.full_like(argument, -1)]
    return wrong


def harmless(name: str, place: int, wrong: Any, right: Any) -> bool:
    """Whether what stands for an argument does no harm: other numbers where any will do."""
    if name == "bounds" and place == 1:
        return wrong is None or np.array_equal(wrong, right)
    if name in ("farthest", "widest"):
        return isinstance(wrong, tuple) and len(wrong) == len(right)
    if name not in ("sight", "bounds", "pool"):
        return False
    if isinstance(wrong, np.ndarray) and isinstance(right, np.ndarray):
        same = wrong.shape == right.shape and wrong.dtype == right.dtype
        return same and (name != "bounds" or bool(np.isfinite(wrong).all()))
    return isinstance(wrong, tuple) and len(wrong) == len(right)


@pytest.mark.parametrize("name", good())
def test_what_would_harm_is_refused(name: str) -> None:
    kernel = getattr(KERNELS, name)
    kernel(*good()[name])
    refusals = (ValueError, TypeError, BufferError)
    for place in range(len(good()[name])):
        for wrong in spoilt(good()[name][place]):
            arguments = list(good()[name])
            if isinstance(wrong, tuple) and len(wrong) > 2 and len(wrong) == len(arguments[place]):
                continue  # A colour that is no number harms nobody.
            if harmless(name, place, wrong, arguments[place]):
                continue
            arguments[place] = wrong
            with pytest.raises(refusals):
                kernel(*arguments)
    with pytest.raises(TypeError):
        kernel()
