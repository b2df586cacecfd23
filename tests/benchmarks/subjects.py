"""What is filmed: the same states of the same dots, cells and lines for both sides.

`prepare` writes them to a folder, so that no contender's time includes making them.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.convert.files import load_model, save_model
from warpviz.data import load_data
from warpviz.data.classic import classic_plot_data
from warpviz.data.dataset import Dataset
from warpviz.data.synthetic import ring
from warpviz.film.build import animate, compare
from warpviz.film.classic import GRID, classic_scene
from warpviz.film.reel.animation import Animation
from warpviz.geometry.plane import around
from warpviz.geometry.sheet import graph_paper
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.model.layers import Dense
from warpviz.model.predictions import predicted
from warpviz.motion.timeline import Timeline
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.scene import Panel, Scene
from warpviz.training.classic import CLASSIC_RECIPE, classic_start
from warpviz.training.loop import train
from warpviz.training.recipe import Recipe

FPS = 20


@dataclass(frozen=True)
class Sizes:
    """How much work each part of the benchmark is.

    Attributes:
        repeats: paired runs.
        rounds: of midpoints in the classic film.
        cloth_steps: frames an act of the film of the cloth, and of three beside each other.
        epochs: of the classic training.
        plain_epochs: of plain numpy's, scaled up to `epochs`.
        steps: frames an act where costs are compared; and how often regions are found.
        width: of the hidden layers whose regions are found.
    """

    repeats: int
    rounds: int
    cloth_steps: int
    epochs: int
    plain_epochs: int
    steps: int
    width: int


FULL = Sizes(
    repeats=3, rounds=6, cloth_steps=80, epochs=50_000, plain_epochs=5_000, steps=16, width=64
)
QUICK = Sizes(repeats=1, rounds=0, cloth_steps=1, epochs=400, plain_epochs=100, steps=1, width=4)


def prepare(folder: Path) -> None:
    """Train both chains briefly (only their shapes matter) and write what is filmed."""
    rings = load_data("rings")
    classic = train(classic_start("tanh"), rings, epochs=300).chain
    save_model(classic, folder / "classic.npz")
    np.savez(folder / "classic_states.npz", states=classic_scene(classic).path.keyframes)

    cloth = train(mlp([2, 3, 3, 2], "relu", seed=0), rings, epochs=300).chain
    save_model(cloth, folder / "cloth.npz")
    states = cloth_states(cloth)
    np.savez(folder / "cloth_states.npz", allow_pickle=False, **states)


def cloth_states(chain: Chain) -> dict[str, npt.NDArray[Any]]:
    """What matplotlib draws of the cloth: 48 × 48 cells, the grid lines, as many dots as we do.

    Our own cells are as many or more: those that bend are cut, for their shading. The states are
    those of the chain, for matplotlib's camera has its own way.
    """
    sheet = graph_paper(around(checkerboard().x), cells=48)
    data, dots = checkerboard(), len(cloth_panel(chain).labels)
    points = np.concatenate([sheet.vertices, data.x[:dots]])
    return {
        "states": Trajectory.through(chain.logits(), points, whole_layers=True).keyframes[..., :3],
        "cells": sheet.corners.reshape(-1, 4),
        "lines": np.concatenate([line.vertices for line in sheet.lines]),
        "line_ends": np.cumsum([len(line.vertices) for line in sheet.lines]),
        "chances": predicted(chain, sheet.centres()),
        "labels": data.y[:dots],
        "vertices": np.array(len(sheet.vertices)),
    }


def cloth_panel(chain: Chain) -> Panel:
    """Our picture of the cloth."""
    scene = cloth_film(chain, steps=1).scene
    assert isinstance(scene, Scene)
    return scene.panels[0]


def checkerboard() -> Dataset:
    """Points all over the plane: more than 700 of them lie far enough apart to be drawn."""
    return load_data("checkerboard", n=2400, seed=0)


def classic_film_of(
    chain: Chain, *, rounds: int = 6, steps: int = 0, times: int = 1, zoom: int = 1
) -> Animation:
    """The classic film with `times` as many dots and `zoom` times its width and height.

    `steps`, where it is not 0, is the number of frames an act instead of 2^rounds.
    """
    data, grid = classic_plot_data(), GRID
    if times > 1:
        inner, outer = ring(900 * times, 0.001, 1 / 3), ring(4500 * times, 2 / 3, 1.0)
        labels = np.repeat([0, 1], [len(inner), len(outer)])
        data = Dataset(np.concatenate([inner, outer]), labels, data.class_names, data.name)
        grid = round(GRID * times**0.5)
    scene = classic_scene(chain, data, grid=grid, size=(600 * zoom, 400 * zoom))
    acts = scene.path.acts
    if steps:
        timeline = Timeline(acts, seconds=steps / FPS, hold=0.0, fps=FPS, ease="linear")
    else:
        timeline = Timeline.classic(acts, rounds, FPS)
    return Animation(scene, timeline)


def cloth_film(chain: Chain, *, steps: int, zoom: int = 1) -> Animation:
    """The film of the cloth at 640×480, `steps` frames an act, lerped, whole layers."""
    film = animate(
        chain,
        checkerboard(),
        motion="lerp",
        whole_layers=True,
        size=(640 * zoom, 480 * zoom),
    )
    # Acts in which much moves would get more frames: here all get as many, as with matplotlib.
    acts = film.timeline.acts
    timeline = Timeline(acts, seconds=steps / FPS, hold=0.0, fps=FPS)
    return replace(film, timeline=timeline)


def comparison_film(chain: Chain, *, steps: int) -> Animation:
    """Three panels beside each other at 1280×480, of the cloth's own chain in three dresses."""
    dense = [each for each in chain if isinstance(each, Dense)]
    chains = {
        name: Chain([*(replace(each, activation=name) for each in dense[:-1]), dense[-1]])
        for name in ("relu", "tanh", "gelu")
    }
    film = compare(chains, checkerboard(), motion="lerp", whole_layers=True, size=(1280, 480))
    timeline = Timeline(film.timeline.acts, seconds=steps / FPS, hold=0.0, fps=FPS)
    return replace(film, timeline=timeline)


def video_film(chain: Chain, *, steps: int) -> Animation:
    """The film of the cloth as a video of today: 1920×1080, 60 frames a second."""
    film = animate(chain, checkerboard(), size=(1920, 1080), fps=60)
    timeline = Timeline(film.timeline.acts, seconds=steps / 60, hold=0.0, fps=60)
    return replace(film, timeline=timeline)


def largest_film(chain: Chain, *, steps: int) -> Animation:
    """The classic film with 100,000 dots, a tenth of them the grid, at 3840×2160."""
    inner, outer = ring(15_000, 0.001, 1 / 3), ring(75_000, 2 / 3, 1.0)
    labels = np.repeat([0, 1], [len(inner), len(outer)])
    data = Dataset(np.concatenate([inner, outer]), labels, ("a", "b"), "rings")
    scene = classic_scene(chain, data, grid=GRID, size=(3840, 2160))
    acts = scene.path.acts
    timeline = Timeline(acts, seconds=steps / FPS, hold=0.0, fps=FPS, ease="linear")
    return Animation(scene, timeline)


REACH = 1.0
"""Half the side of the square in which regions are found."""


def deep_chain(width: int) -> Chain:
    """Three hidden layers of relu of a width, as they begin."""
    return mlp([2, width, width, width, 2], "relu", seed=0)


def stored_chain(folder: Path, name: str) -> Chain:
    """A chain that `prepare` wrote."""
    return load_model(folder / f"{name}.npz")


def training_start() -> tuple[Chain, Dataset]:
    """The untrained classic chain with tanh, and the rings."""
    return classic_start("tanh"), load_data("rings")


def training_recipe(epochs: int) -> Recipe:
    """The classic recipe for so many epochs."""
    return replace(CLASSIC_RECIPE, epochs=epochs)


def between(states: Floats, k: int, t: float) -> Floats:
    """The points (N, D) between states k and k + 1 of (K, N, D)."""
    return np.asarray((1 - t) * states[k] + t * states[k + 1])
