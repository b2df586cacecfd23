"""Films of what a neural network does to the plane.

data = load_data("rings")
chain = train(mlp([2, 3, 3, 2], "relu", seed=0), data).chain
animate(chain, data).save("fold.gif")

Every public name is found here and loaded when it is first used (PEP 562), so that
`import warpviz` costs next to nothing.
"""

import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

from warpviz.version import __version__ as __version__

if TYPE_CHECKING:
    from warpviz.approximation.approximation import Approximation
    from warpviz.approximation.film import animate_approximation
    from warpviz.approximation.learning import approximate
    from warpviz.convert import to_chain
    from warpviz.convert.files import load_model, save_model
    from warpviz.convert.planes import on_plane
    from warpviz.curves.figure import plot_activation
    from warpviz.curves.film import animate_activations
    from warpviz.curves.table import activations_table
    from warpviz.data import DATASETS, Dataset, load_data
    from warpviz.errors import WarpvizError
    from warpviz.explain.formulas.formula import Formula, formula
    from warpviz.explain.graphing.graph import Graph
    from warpviz.explain.graphing.graphs import graph
    from warpviz.explain.passes.trace import Trace, trace
    from warpviz.explain.source import export
    from warpviz.figures.function import plot_function
    from warpviz.figures.regions import RegionsFigure, regions
    from warpviz.figures.state import plot_state
    from warpviz.film.build import animate, compare
    from warpviz.film.classic import classic
    from warpviz.film.keywords import ChartOptions, FilmOptions, TrainingOptions
    from warpviz.film.looks.look import Look
    from warpviz.film.options import Clock, Staging
    from warpviz.film.recorder import Recorder
    from warpviz.film.reel.animation import Animation
    from warpviz.film.training import animate_training
    from warpviz.laboratory.making import Lab, lab
    from warpviz.landscapes.film import animate_landscape
    from warpviz.landscapes.line import line_landscape
    from warpviz.landscapes.surface import Landscape, loss_landscape
    from warpviz.measure.layers import layer_measures
    from warpviz.measure.state import Measures
    from warpviz.model.activations import ACTIVATIONS, activation
    from warpviz.model.activations.function import ActivationFunction
    from warpviz.model.chain import Chain
    from warpviz.model.init import mlp
    from warpviz.model.layers import Activation, Dense, Softmax
    from warpviz.model.residual import Residual
    from warpviz.motion.timeline import Timeline
    from warpviz.motion.trajectory import Trajectory
    from warpviz.notebook.widget import FilmWidget, LabWidget, widget
    from warpviz.picture.film import Written
    from warpviz.picture.frame import Frame
    from warpviz.player.hosts.embed import embed
    from warpviz.studies.charts.figure import StudyFigure
    from warpviz.studies.making import study
    from warpviz.studies.studied import Study, load_study
    from warpviz.theme import THEMES, Theme
    from warpviz.training.classic import classic_chain
    from warpviz.training.history import Fit, History
    from warpviz.training.loop import train
    from warpviz.training.recipe import Recipe


__all__ = [
    "ACTIVATIONS",
    "DATASETS",
    "THEMES",
    "Activation",
    "ActivationFunction",
    "Animation",
    "Approximation",
    "Chain",
    "ChartOptions",
    "Clock",
    "Dataset",
    "Dense",
    "FilmOptions",
    "FilmWidget",
    "Fit",
    "Formula",
    "Frame",
    "Graph",
    "History",
    "Lab",
    "LabWidget",
    "Landscape",
    "Look",
    "Measures",
    "Recipe",
    "Recorder",
    "RegionsFigure",
    "Residual",
    "Softmax",
    "Staging",
    "Study",
    "StudyFigure",
    "Theme",
    "Timeline",
    "Trace",
    "TrainingOptions",
    "Trajectory",
    "WarpvizError",
    "Written",
    "activation",
    "activations_table",
    "animate",
    "animate_activations",
    "animate_approximation",
    "animate_landscape",
    "animate_training",
    "approximate",
    "classic",
    "classic_chain",
    "compare",
    "embed",
    "export",
    "formula",
    "graph",
    "lab",
    "layer_measures",
    "line_landscape",
    "load_data",
    "load_model",
    "load_study",
    "loss_landscape",
    "mlp",
    "on_plane",
    "plot_activation",
    "plot_function",
    "plot_state",
    "regions",
    "save_model",
    "study",
    "to_chain",
    "trace",
    "train",
    "widget",
]

_HOMES = {
    "warpviz.approximation.approximation": ("Approximation",),
    "warpviz.approximation.film": ("animate_approximation",),
    "warpviz.approximation.learning": ("approximate",),
    "warpviz.convert": ("to_chain",),
    "warpviz.convert.planes": ("on_plane",),
    "warpviz.convert.files": ("load_model", "save_model"),
    "warpviz.curves.figure": ("plot_activation",),
    "warpviz.curves.film": ("animate_activations",),
    "warpviz.curves.table": ("activations_table",),
    "warpviz.data": ("DATASETS", "Dataset", "load_data"),
    "warpviz.errors": ("WarpvizError",),
    "warpviz.explain.formulas.formula": ("Formula", "formula"),
    "warpviz.explain.graphing.graph": ("Graph",),
    "warpviz.explain.graphing.graphs": ("graph",),
    "warpviz.explain.source": ("export",),
    "warpviz.explain.passes.trace": ("Trace", "trace"),
    "warpviz.figures.function": ("plot_function",),
    "warpviz.figures.regions": ("RegionsFigure", "regions"),
    "warpviz.figures.state": ("plot_state",),
    "warpviz.film.build": ("animate", "compare"),
    "warpviz.film.keywords": ("ChartOptions", "FilmOptions", "TrainingOptions"),
    "warpviz.film.options": ("Clock", "Staging"),
    "warpviz.film.looks.look": ("Look",),
    "warpviz.film.classic": ("classic",),
    "warpviz.film.recorder": ("Recorder",),
    "warpviz.film.reel.animation": ("Animation",),
    "warpviz.film.training": ("animate_training",),
    "warpviz.laboratory.making": ("Lab", "lab"),
    "warpviz.landscapes.film": ("animate_landscape",),
    "warpviz.landscapes.line": ("line_landscape",),
    "warpviz.landscapes.surface": ("Landscape", "loss_landscape"),
    "warpviz.measure.layers": ("layer_measures",),
    "warpviz.measure.state": ("Measures",),
    "warpviz.model.activations": ("ACTIVATIONS", "activation"),
    "warpviz.model.chain": ("Chain",),
    "warpviz.model.activations.function": ("ActivationFunction",),
    "warpviz.model.init": ("mlp",),
    "warpviz.model.layers": ("Activation", "Dense", "Softmax"),
    "warpviz.model.residual": ("Residual",),
    "warpviz.motion.timeline": ("Timeline",),
    "warpviz.motion.trajectory": ("Trajectory",),
    "warpviz.notebook.widget": ("FilmWidget", "LabWidget", "widget"),
    "warpviz.picture.film": ("Written",),
    "warpviz.picture.frame": ("Frame",),
    "warpviz.player.hosts.embed": ("embed",),
    "warpviz.studies.charts.figure": ("StudyFigure",),
    "warpviz.studies.making": ("study",),
    "warpviz.studies.studied": ("Study", "load_study"),
    "warpviz.theme": ("THEMES", "Theme"),
    "warpviz.training.classic": ("classic_chain",),
    "warpviz.training.history": ("Fit", "History"),
    "warpviz.training.loop": ("train",),
    "warpviz.training.recipe": ("Recipe",),
}
"""Where each public name is."""
_OLD_NAMES = {"landscape": "loss_landscape"}
"""Names of the release before, and what they are called now: they work for one release more."""


def __getattr__(name: str) -> Any:
    if name in _OLD_NAMES:
        now = _OLD_NAMES[name]
        told = f"warpviz.{name} is called {now} now; the old name goes with the next release."
        warnings.warn(told, DeprecationWarning, stacklevel=2)
        return __getattr__(now)
    for home, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(home), name)
            return value
    raise AttributeError(f"module 'warpviz' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
