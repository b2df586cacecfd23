"""What Python hands over to the laboratory's page: looks, a network, data, and what there is."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from warpviz.axis import limits_of
from warpviz.data.dataset import Dataset
from warpviz.data.synthetic import DATASETS, make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import default_size
from warpviz.film.reel.animation import Animation
from warpviz.geometry.plane import around
from warpviz.laboratory.given import worker_source
from warpviz.laboratory.lessons import Lesson
from warpviz.languages.language import Language, word
from warpviz.model.activations import BUILT_IN
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.scene import Scene
from warpviz.player.panels import Tree
from warpviz.player.payload import film_tree
from warpviz.training.optimizers import OPTIMIZERS
from warpviz.training.recipe import EVENNESS, PENALTY

MOST_LAYERS, MOST_UNITS, MOST_COLUMNS, MOST_POINTS = 8, 8, 4, 5_000
"""Of what one takes hold of: hidden layers, their units, columns beside each other, points."""
SIZE = (640, 600)
"""Of a single panel's picture."""
NARROW = (400, 340)
"""Of the same in a narrow window."""
OPTIMIZER = "adam"
"""With which one watches best: it goes in small steps, and arrives."""
METHODS = {
    "descent": (word("gradient descent"), OPTIMIZERS["descent"]),
    "momentum": (word("momentum"), OPTIMIZERS["descent"]),
    "adam": ("Adam", OPTIMIZERS["adam"]),
    "lbfgs": ("L-BFGS", OPTIMIZERS["lbfgs"]),
}
"""Name → title of the methods that train in the page, and whose rate and epochs suit them."""
PACE = 5
"""Epochs from picture to picture."""
NO_PARTS = ("track", "measures", "basis", "network")
"""The page has them beside the picture, or laid over it."""


def handed(
    film: Animation,
    chain: Chain,
    data: Dataset,
    say: Language,
    lessons: Sequence[Lesson] = (),
    lesson: str | None = None,
    seed: int = 0,
) -> Tree:
    """All of it as a tree of plain values and arrays.

    Args:
        film: of the same chain and data, without a track.
        chain: what one begins with.
        data: points of the plane, in classes.
        say: the page's language.
        lessons: that are offered.
        lesson: the name of the one that it opens with.
        seed: that the chain's weights are told to come from.
    """
    tree = film_tree(film)
    captions = (*tree["panels"][0]["stops"], *tree["panels"][0]["acts"])
    return {
        "theme": tree["theme"],
        "themes": tree["themes"],
        "show": [name for name in tree["show"] if name not in NO_PARTS],
        "parts": [name for name in tree["parts"] if name not in NO_PARTS],
        "ease": film.timeline.ease,
        "fps": film.timeline.fps,
        "description": film.description,
        "layouts": [
            {"size": list(SIZE), "panels": [tree["panels"][0]["layout"]]},
            *(_columns(film, captions, count) for count in range(2, MOST_COLUMNS + 1)),
        ],
        "narrow": _laid_out(film, captions, NARROW, ("",)),
        "setup": {
            "layers": layers_of(chain), "chosen": 0, "seed": seed, "lesson": None,
            "data": data_tree(data),
            "training": {
                "optimizer": OPTIMIZER, "rate": OPTIMIZERS[OPTIMIZER].learning_rate, "batch": 0,
                "penalty": PENALTY, "evenness": EVENNESS, "epochs": 0, "pace": PACE,
            },
        },
        "asked": asked_of(data, seed),
        "sets": [
            {"name": name, "title": say(maker.title), "noise": maker.noise}
            for name, maker in DATASETS.items()
        ],
        "optimizers": [
            {"name": name, "title": say(title), "rate": one.learning_rate, "epochs": one.epochs}
            for name, (title, one) in METHODS.items()
        ],
        "activations": list(BUILT_IN),
        "worker": worker_source(BUILT_IN),
        "lessons": [one.tree() for one in lessons],
        "lesson": lesson,
        "most": {
            "layers": MOST_LAYERS, "units": MOST_UNITS,
            "columns": MOST_COLUMNS, "points": MOST_POINTS,
        },
    }  # fmt: skip


def _laid_out(
    film: Animation, captions: Sequence[str], size: tuple[int, int], titles: tuple[str, ...]
) -> Tree:
    scene = film.scene
    assert isinstance(scene, Scene)
    layouts: Sequence[PanelLayout] = lay_out(
        size, titles, tuple(captions), scene.class_names, scene.show, scene.font
    )
    return {"size": list(size), "panels": [asdict(layout) for layout in layouts]}


def _columns(film: Animation, captions: Sequence[str], count: int) -> Tree:
    # Brief words, for columns are narrow.
    brief = tuple(caption.rpartition(" → ")[2] for caption in captions)
    return _laid_out(film, brief, default_size(count), ("leaky_relu",) * count)


def data_tree(data: Dataset) -> Tree:
    """Points as the page keeps them."""
    known = data.name in DATASETS or data.name.partition(":")[0] in DATASETS
    limits = limits_of(None, data.axes) or around(data.x)
    return {
        "source": "set" if known else "own",
        "name": data.name, "count": len(data), "noise": None, "seed": 0,
        "limits": list(limits),
        "points": {
            "x": np.ascontiguousarray(data.x, dtype=np.float64).ravel(),
            "y": data.y.astype(np.uint8),
            "classNames": list(data.class_names), "features": list(data.feature_names),
            "remark": "",
        },
    }  # fmt: skip


def asked_of(data: Dataset, seed: int) -> str:
    """How a command line asks for the same points, "" where no name and seed make them.

    >>> asked_of(make_data("spirals:3", seed=5), 5), asked_of(make_data("moons", n=60), 0)
    ('spirals:3 --seed 5', '')
    """
    if data.name.partition(":")[0] not in DATASETS:
        return ""
    for each in dict.fromkeys((0, seed)):
        try:
            made = make_data(data.name, seed=each)
        except WarpvizError:
            return ""
        if np.array_equal(made.x, data.x) and np.array_equal(made.y, data.y):
            return f"{data.name} --seed {each}" if each else data.name
    return ""


def layers_of(chain: Chain) -> list[dict[str, Any]]:
    """A chain's layers as the page has them: affine maps with an activation each, without softmax.

    >>> from warpviz.model import mlp
    >>> [layer["activation"] for layer in layers_of(mlp([2, 3, 2], "tanh"))]
    ['tanh', 'identity']
    """
    layers: list[dict[str, Any]] = []
    for layer in chain.logits():
        if isinstance(layer, Dense):
            layers.append(
                {
                    "weight": layer.weight.tolist(),
                    "bias": layer.bias.tolist(),
                    "activation": layer.activation,
                }
            )
        elif layers and layers[-1]["activation"] == "identity" and hasattr(layer, "name"):
            layers[-1]["activation"] = layer.name
        else:
            raise WarpvizError(
                f"The laboratory takes affine maps with an activation each, got {layer}; "
                "film it with animate."
            )
    return layers


def check_chain(chain: Chain) -> None:
    """Refuse a chain that cannot be taken hold of.

    Raises:
        WarpvizError: its layers are none of the plane, too many, too wide, or of other kinds.
    """
    layers = layers_of(chain)
    hidden = [len(layer["bias"]) for layer in layers[:-1]]
    if chain.widths[0] != 2:
        raise WarpvizError(
            f"The laboratory expects a model of two features, got one of {chain.widths[0]}; "
            "film it with animate."
        )
    if layers[-1]["activation"] != "identity" or len(layers[-1]["bias"]) < 2:
        raise WarpvizError(
            "The laboratory expects a classifier that ends in logits, one a class; end the model "
            "with an affine map to two or more outputs."
        )
    if len(hidden) > MOST_LAYERS or max(hidden, default=0) > MOST_UNITS:
        raise WarpvizError(
            f"The laboratory takes up to {MOST_LAYERS} hidden layers of up to {MOST_UNITS} units, "
            f"got {'→'.join(map(str, hidden))}; film it with animate."
        )


def check_data(data: Dataset) -> None:
    """Refuse data that the page cannot show.

    Raises:
        WarpvizError: they are no points of the plane in 2 to 8 classes, or too many.
    """
    if data.x.shape[1] != 2:
        raise WarpvizError(
            f"The laboratory expects points of two features, got {data.x.shape[1]}; choose two."
        )
    if data.targets is not None or not data.labelled or data.n_classes > MOST_UNITS:
        raise WarpvizError(
            f"The laboratory expects points in 2 to {MOST_UNITS} classes, got "
            f"{'numbers' if data.targets is not None else f'{data.n_classes}'}."
        )
    if len(data) > MOST_POINTS:
        raise WarpvizError(
            f"The laboratory takes up to {MOST_POINTS:,} points, got {len(data):,}; take fewer of "
            "them."
        )
