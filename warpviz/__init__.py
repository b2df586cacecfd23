"""Films of what a neural network does to the plane.

data = load_data("rings")
chain = train(mlp([2, 3, 3, 2], "relu", seed=0), data).chain
animate(chain, data).save("fold.gif")

Every public name is found here and loaded when it is first used (PEP 562), so that
`import warpviz` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from warpviz.version import __version__ as __version__

if TYPE_CHECKING:
    from warpviz.approximation.film import animate_approximation
    from warpviz.approximation.learning import approximate
    from warpviz.convert import to_chain
    from warpviz.convert.files import load_model, save_model
    from warpviz.data import DATASETS, Dataset, load_data
    from warpviz.errors import WarpvizError
    from warpviz.explain.formula import formula
    from warpviz.explain.source import export
    from warpviz.explain.trace import trace
    from warpviz.figures.function import plot_function
    from warpviz.figures.state import plot_state
    from warpviz.film.build import animate, compare
    from warpviz.film.recorder import Recorder
    from warpviz.film.reel.animation import Animation
    from warpviz.film.training import animate_training
    from warpviz.landscapes.film import animate_landscape
    from warpviz.landscapes.line import line_landscape
    from warpviz.landscapes.surface import landscape
    from warpviz.measure.layers import layer_measures
    from warpviz.model.activations import ACTIVATIONS
    from warpviz.model.chain import Chain
    from warpviz.model.init import mlp
    from warpviz.model.layers import Activation, Dense, Softmax
    from warpviz.motion.timeline import Timeline
    from warpviz.motion.trajectory import Trajectory
    from warpviz.picture.frame import Frame
    from warpviz.training.history import Fit
    from warpviz.training.loop import train


__all__ = [
    "ACTIVATIONS",
    "DATASETS",
    "Activation",
    "Animation",
    "Chain",
    "Dataset",
    "Dense",
    "Fit",
    "Frame",
    "Recorder",
    "Softmax",
    "Timeline",
    "Trajectory",
    "WarpvizError",
    "animate",
    "animate_approximation",
    "animate_landscape",
    "animate_training",
    "approximate",
    "compare",
    "export",
    "formula",
    "landscape",
    "layer_measures",
    "line_landscape",
    "load_data",
    "load_model",
    "mlp",
    "plot_function",
    "plot_state",
    "save_model",
    "to_chain",
    "trace",
    "train",
]

_HOMES = {
    "warpviz.convert": ("to_chain",),
    "warpviz.convert.files": ("load_model", "save_model"),
    "warpviz.data": ("DATASETS", "Dataset", "load_data"),
    "warpviz.errors": ("WarpvizError",),
    "warpviz.explain.formula": ("formula",),
    "warpviz.explain.source": ("export",),
    "warpviz.explain.trace": ("trace",),
    "warpviz.film.reel.animation": ("Animation",),
    "warpviz.approximation.learning": ("approximate",),
    "warpviz.approximation.film": ("animate_approximation",),
    "warpviz.film.build": ("animate", "compare"),
    "warpviz.figures.function": ("plot_function",),
    "warpviz.landscapes.film": ("animate_landscape",),
    "warpviz.film.training": ("animate_training",),
    "warpviz.film.recorder": ("Recorder",),
    "warpviz.measure.layers": ("layer_measures",),
    "warpviz.figures.state": ("plot_state",),
    "warpviz.model.activations": ("ACTIVATIONS",),
    "warpviz.model.chain": ("Chain",),
    "warpviz.training.history": ("Fit",),
    "warpviz.model.init": ("mlp",),
    "warpviz.landscapes.line": ("line_landscape",),
    "warpviz.landscapes.surface": ("landscape",),
    "warpviz.model.layers": ("Activation", "Dense", "Softmax"),
    "warpviz.training.loop": ("train",),
    "warpviz.motion.timeline": ("Timeline",),
    "warpviz.motion.trajectory": ("Trajectory",),
    "warpviz.picture.frame": ("Frame",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(home), name)
            return value
    raise AttributeError(f"module 'warpviz' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
