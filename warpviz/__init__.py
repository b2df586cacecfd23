"""Films of what a neural network does to the plane.

data = load_data("rings")
chain = train(mlp([2, 3, 3, 2], "relu", seed=0), data).chain
animate(chain, data).save("fold.gif")

Every public name is found here and loaded when it is first used (PEP 562), so that
`import warpviz` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warpviz.convert import to_chain
    from warpviz.convert.files import load_model, save_model
    from warpviz.data import DATASETS, Dataset, load_data
    from warpviz.errors import WarpvizError
    from warpviz.explain.formula import formula
    from warpviz.explain.source import export
    from warpviz.explain.trace import trace
    from warpviz.film.animation import Animation
    from warpviz.film.approximating import approximate
    from warpviz.film.approximation_film import animate_approximation
    from warpviz.film.build import animate, compare
    from warpviz.film.function_plot import plot_function
    from warpviz.film.landscape_film import animate_landscape
    from warpviz.film.learning import animate_training
    from warpviz.film.measuring import layer_measures
    from warpviz.film.recorder import Recorder
    from warpviz.film.state_plot import plot_state
    from warpviz.model.activations import ACTIVATIONS
    from warpviz.model.chain import Chain
    from warpviz.model.history import Fit
    from warpviz.model.init import mlp
    from warpviz.model.landscape import landscape, line_landscape
    from warpviz.model.layers import Activation, Dense, Softmax
    from warpviz.model.training import train
    from warpviz.motion.timeline import Timeline
    from warpviz.motion.trajectory import Trajectory
    from warpviz.picture.frame import Frame

__version__ = "0.1.0"

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
    "warpviz.film.animation": ("Animation",),
    "warpviz.film.approximating": ("approximate",),
    "warpviz.film.approximation_film": ("animate_approximation",),
    "warpviz.film.build": ("animate", "compare"),
    "warpviz.film.function_plot": ("plot_function",),
    "warpviz.film.landscape_film": ("animate_landscape",),
    "warpviz.film.learning": ("animate_training",),
    "warpviz.film.recorder": ("Recorder",),
    "warpviz.film.measuring": ("layer_measures",),
    "warpviz.film.state_plot": ("plot_state",),
    "warpviz.model.activations": ("ACTIVATIONS",),
    "warpviz.model.chain": ("Chain",),
    "warpviz.model.history": ("Fit",),
    "warpviz.model.init": ("mlp",),
    "warpviz.model.landscape": ("landscape", "line_landscape"),
    "warpviz.model.layers": ("Activation", "Dense", "Softmax"),
    "warpviz.model.training": ("train",),
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
