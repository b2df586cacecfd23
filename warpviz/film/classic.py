"""The film that was first asked for: midpoints inserted between the states of whole layers."""

import math
from typing import Any

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.data.classic import classic_plot_data
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.reel.animation import Animation
from warpviz.film.words.classes import with_said_classes
from warpviz.languages.language import language_of
from warpviz.model.chain import Chain
from warpviz.motion.timeline import Timeline
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.classic import ClassicScene, Series
from warpviz.picture.tiling import check_size
from warpviz.picture.words.fonts import bundled_font
from warpviz.training.classic import CLASSIC_NAMES, CLASSIC_SEED, classic_chain

GRID = 100
"""Points of the grid along each axis."""
MOST_ROUNDS = 12
GRAY = (128, 128, 128)
COLOURS = (
    (255, 0, 0), (0, 0, 255), (0, 160, 0), (255, 165, 0), (160, 32, 240), (0, 190, 190),
    (255, 105, 180), (139, 69, 19), (154, 205, 50), (0, 0, 0),
)  # fmt: skip
"""Of the classes; the original's two, and more for data of one's own."""


def classic_grid(x: Floats, n: int = GRID) -> Floats:
    """The plotted grid: n × n points (n², 2) over [round(min), round(max)] of data (N, 2).

    >>> grid = classic_grid(np.array([[-0.9, 0.2], [0.8, 1.1]]), n=2)
    >>> (grid + 0.0).tolist()
    [[-1.0, 0.0], [-1.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    """
    low, high = np.round(x.min(axis=0)), np.round(x.max(axis=0))
    # Data that is narrower than the whole numbers around it.
    flat = low >= high
    low, high = np.where(flat, x.min(axis=0), low), np.where(flat, x.max(axis=0), high)
    first, second = (np.linspace(a, b, n) for a, b in zip(low, high, strict=True))
    return np.stack(np.meshgrid(first, second, indexing="ij"), axis=-1).reshape(-1, 2)


def classic_scene(
    chain: Chain,
    data: Dataset | None = None,
    *,
    grid: int = GRID,
    size: tuple[int, int] = (600, 400),
    language: str = "en",
) -> ClassicScene:
    """The grid and the data in every state, the first two coordinates of each.

    Args:
        chain: takes two features; its softmax is played too.
        data: classes; None is the original's 5,400 points.
        grid: points of the grid along each axis.
        size: width, height in pixels.
        language: of its words.

    Raises:
        WarpvizError: for a chain or data that is not of the plane, or states that overflow.
    """
    data = classic_plot_data() if data is None else data
    if chain.widths[0] != 2 or data.x.shape[1] != 2:
        raise WarpvizError(
            f"The classic film expects a chain and data with 2 features, "
            f"got {chain.widths[0]} and {data.x.shape[1]}."
        )
    if min(chain.widths) < 2:
        raise WarpvizError(
            f"The classic film shows two coordinates of every state, got a chain of widths "
            f"{', '.join(map(str, chain.widths))}; every layer needs at least 2 units."
        )
    check_size(*size)
    say = language_of(language)
    data = with_said_classes(data, say)
    groups = [classic_grid(data.x, grid), *(data.x[data.y == c] for c in range(data.n_classes))]
    states = chain.states(np.concatenate(groups))
    path = Trajectory.of([np.ascontiguousarray(state[:, :2]) for state in states])
    if data.n_classes > len(COLOURS):
        raise WarpvizError(
            f"The classic film has colours for {len(COLOURS)} classes, got {data.n_classes}."
        )
    series = [Series(say("grid"), GRAY, 2.0, len(groups[0]))]
    for c, name in enumerate(data.class_names):
        series.append(Series(name, COLOURS[c], 6.0, len(groups[c + 1])))
    return ClassicScene(path, tuple(series), size, bundled_font(), language=language)


@kinds_checked
def classic_film(
    chain: Chain,
    data: Dataset | None = None,
    *,
    rounds: int = 6,
    fps: float = 20.0,
    size: tuple[int, int] = (600, 400),
    loop: int = 0,
    jobs: int = 0,
    language: str = "en",
) -> Animation:
    """The classic animation of a chain: (K − 1) · 2^rounds + 1 frames, without easing or holds.

    Law: the frames' points are the K states with midpoints inserted `rounds` times.

    Args:
        chain: takes two features; the original's has five layers, so K = 6 states.
        data: what is plotted; None is the original's 5,400 points.
        rounds: of inserting midpoints.
        fps: frames a second.
        size: width, height in pixels.
        loop: total plays, 0 is forever.
        jobs: processes that draw, 0 for one a core.
        language: of its words.

    Raises:
        WarpvizError: as `classic_scene`, or for rounds or fps out of range.

    >>> from warpviz.training.classic import classic_start
    >>> len(classic_film(classic_start("tanh")))
    321
    """
    if not 0 <= rounds <= MOST_ROUNDS:
        raise WarpvizError(f"rounds expects 0 to {MOST_ROUNDS}, got {rounds}.")
    if not (math.isfinite(fps) and fps > 0):
        raise WarpvizError(f"fps expects a number above 0, got {fps:g}.")
    scene = classic_scene(chain, data, size=size, language=language)
    say, classes = language_of(language), len(scene.series) - 1
    timeline = Timeline.classic(scene.path.acts, rounds, fps)
    return Animation(
        scene,
        timeline,
        loop=loop,
        jobs=jobs,
        description=say(
            "A scatter plot of a grid and {classes:# class|# classes} as a neural network moves "
            "them, layer by layer.",
            classes=classes,
        ),
    )


@kinds_checked
def classic(
    model: str | Chain = "relu",
    data: Dataset | None = None,
    *,
    seed: int = CLASSIC_SEED,
    epochs: int | None = None,
    **look: Any,
) -> Animation:
    """The original animation: trained by its recipe, filmed by its clock.

    Args:
        model: the activation of the chain 2→3, 3→3, 3→3, 3→C that is trained (gelu is, as in the
            original's library, the approximation gelu_tanh); or a chain that is trained already,
            such as `classic_chain` gives.
        data: classes of the plane; None is the original's rings, plotted denser than trained.
        seed: of the first weights.
        epochs: of the training; None is the original's 50,000.
        look: `rounds`, `fps`, `size`, `loop`, `jobs` and `language` as `classic_film` takes them.

    Raises:
        WarpvizError: as `classic_film` and `train`.

    >>> len(classic("tanh", epochs=100, rounds=2))
    21
    """
    if isinstance(model, str):
        model = classic_chain(CLASSIC_NAMES.get(model, model), seed, data, epochs)
    return classic_film(model, data, **look)
