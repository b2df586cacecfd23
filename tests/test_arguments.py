"""Every public function tells in one sentence what it cannot take: nothing else comes out of it."""

import inspect
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, is_typeddict

import numpy as np
import pytest
from matplotlib.figure import Figure

import warpviz as wv
from warpviz import WarpvizError
from warpviz.output.lookup import lookup_table

WRONG: tuple[Any, ...] = (
    None, True, -1, 0, 3, 2.5, float("nan"), float("inf"), 1j, "", "nonsense", b"bytes", [],
    [1, 2], [[1, 2], [3]], {}, {"a": 1}, {1, 2}, object(), len, int, np.full((2, 2), np.nan),
    np.zeros((0, 2)), np.zeros((2, 3, 4)), np.array(["a", "b"]), (sign for sign in "ab"), 1 << 70,
)  # fmt: skip
"""Arguments of all kinds; none is right everywhere."""

MODEL = wv.mlp([2, 3, 2], "relu", seed=0)
LAYER = wv.Dense(np.ones((2, 3)), np.zeros(2))
LINE = wv.mlp([1, 3, 1], "relu", seed=0, softmax=False)
DATA = wv.load_data("moons", n=20)
SMALL: dict[str, Any] = {"size": (240, 180), "fps": 2.0, "seconds": 0.5, "hold": 0.0, "jobs": 1}


@cache
def fitted() -> wv.Fit:
    return wv.train(MODEL, DATA, epochs=2)


@cache
def film() -> wv.Animation:
    return wv.animate(MODEL, DATA, **SMALL)


@cache
def found() -> Any:
    return wv.approximate("exp", layers=(2,), steps=2)


@cache
def land() -> Any:
    return wv.line_landscape(steps=4, every=2)


def defined(name: Any, formula: Any) -> Any:
    """`activation`, leaving the table as it was."""
    before = dict(wv.ACTIVATIONS)
    try:
        return wv.activation(name, formula)
    finally:
        for added in {*wv.ACTIVATIONS} - {*before}:
            del wv.ACTIVATIONS[added]


def warned(function: Callable[..., Any]) -> Callable[..., Any]:
    def quiet(**given: Any) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(**given)

    return quiet


def recorder() -> wv.Recorder:
    return wv.Recorder(MODEL)


def trajectory() -> wv.Trajectory:
    return wv.Trajectory.through(MODEL, DATA.x[:3])


GRADIENT = np.ones((20, 2))
CALLS: dict[str, Callable[[], tuple[Callable[..., Any], Mapping[str, Any]]]] = {
    "Activation": lambda: (wv.Activation, {"name": "relu"}),
    "Activation.__call__": lambda: (wv.Activation("relu"), {"x": DATA.x}),
    "Activation.backward": lambda: (
        wv.Activation("relu").backward, {"x": DATA.x, "gradient": GRADIENT}
    ),
    "Animation": lambda: (
        wv.Animation,
        {"scene": film().scene, "timeline": film().timeline, "loop": 0, "jobs": 1,
         "description": "", "notes": (), "colours": 32, "source": None},
    ),
    "Animation.clip": lambda: (film().clip, {"first": 1, "last": 2}),
    "Animation.frame": lambda: (film().frame, {"k": 0, "t": 0.5}),
    "Animation.frames": lambda: (lambda: next(film().frames()), {}),
    "Animation.indexed": lambda: (
        lambda **given: next(film().indexed(**given)),
        {"table": lookup_table(np.zeros((1, 3), np.uint8))},
    ),
    "Animation.poster": lambda: (film().poster, {}),
    "Animation.remade": lambda: (film().remade, {"fps": 2.0, "colours": 16, "size": None}),
    "Animation.save": lambda: (
        lambda path, **given: film().save(path, **given),
        {"path": "a.png", "at": 1, "filmstrip": False, "max_size": None,
         "page": None, "autoplay": None},
    ),
    "Animation.to_html": lambda: (film().to_html, {"autoplay": "0"}),
    "Animation.save_frames": lambda: (film().save_frames, {"folder": "pictures"}),
    "Animation.showing": lambda: (film().showing, {"scene": film().scene}),
    "Animation.shots": lambda: (lambda: next(film().shots()), {}),
    "Chain": lambda: (wv.Chain, {"layers": [wv.Dense(np.ones((1, 2)), np.zeros(1))], "width": 2}),
    "Chain.__call__": lambda: (MODEL, {"x": DATA.x}),
    "Chain.__getitem__": lambda: (MODEL.__getitem__, {"k": 0}),
    "Chain.backward": lambda: (MODEL.backward, {"x": DATA.x, "gradient": GRADIENT}),
    "Chain.logits": lambda: (MODEL.logits, {}),
    "Chain.parameters": lambda: (MODEL.parameters, {}),
    "Chain.split": lambda: (MODEL.split, {}),
    "Chain.states": lambda: (MODEL.states, {"x": DATA.x}),
    "Chain.to_torch": lambda: (MODEL.to_torch, {}),
    "Chain.with_parameters": lambda: (MODEL.with_parameters, {"parameters": MODEL.parameters()}),
    "Clock": lambda: (
        wv.Clock,
        {"fps": 20.0, "seconds": 1.0, "hold": 0.5, "start_hold": 0.5, "end_hold": 0.5,
         "hold_at": {0: 0.5}, "ease": "smooth", "loop": 0},
    ),
    "Clock.holds": lambda: (wv.Clock().holds, {"stops": 3, "reading": (1.0, 2.0, 3.0)}),
    "Dataset": lambda: (
        wv.Dataset,
        {"x": DATA.x, "y": DATA.y, "class_names": ("a", "b"), "name": "data",
         "mean": np.zeros(2), "scale": np.ones(2), "targets": None},
    ),
    "Dataset.in_order": lambda: (DATA.in_order, {"names": DATA.class_names[::-1]}),
    "Dataset.levels_of": lambda: (
        wv.Dataset.with_targets(DATA.x, DATA.x[:, 0]).levels_of, {"values": DATA.x[:, 0]}
    ),
    "Dataset.standardised": lambda: (
        DATA.standardised, {"mean": np.zeros(2), "scale": np.ones(2)}
    ),
    "Dataset.with_targets": lambda: (
        wv.Dataset.with_targets,
        {"x": DATA.x, "targets": DATA.x[:, 0], "name": "heights", "levels": 5},
    ),
    "Dense": lambda: (
        wv.Dense, {"weight": np.ones((2, 2)), "bias": np.zeros(2), "activation": "relu"}
    ),
    "Dense.__call__": lambda: (LAYER, {"x": np.ones((20, 3))}),
    "Dense.affine": lambda: (LAYER.affine, {"x": np.ones((20, 3))}),
    "Dense.backward": lambda: (
        LAYER.backward, {"x": np.ones((20, 3)), "gradient": np.ones((20, 2))}
    ),
    "Dense.of": lambda: (
        wv.Dense.of, {"n_in": 2, "n_out": 3, "activation": "relu", "seed": 1}
    ),
    "Fit": lambda: (wv.Fit, {"chain": MODEL, "history": fitted().history}),
    "Frame": lambda: (wv.Frame, {"pixels": np.zeros((2, 2, 3), np.uint8), "centiseconds": 5}),
    "Recorder": lambda: (wv.Recorder, {"model": MODEL, "output": None}),
    "Recorder.callback": lambda: (recorder().callback, {"library": "skorch"}),
    "Recorder.snapshot": lambda: (
        # It warns, and raises nothing: what it is called from is a training.
        warned(recorder().snapshot), {"loss": 0.5, "epoch": 7, "model": MODEL}
    ),
    "Residual": lambda: (wv.Residual, {"chain": MODEL}),
    "Residual.__call__": lambda: (wv.Residual(MODEL), {"x": DATA.x}),
    "Residual.backward": lambda: (
        wv.Residual(MODEL).backward, {"x": DATA.x, "gradient": GRADIENT}
    ),
    "Residual.split": lambda: (wv.Residual(MODEL).split, {}),
    "Softmax": lambda: (wv.Softmax, {"log": True}),
    "Softmax.__call__": lambda: (wv.Softmax(), {"x": DATA.x}),
    "Softmax.backward": lambda: (wv.Softmax().backward, {"x": DATA.x, "gradient": GRADIENT}),
    "Staging": lambda: (
        wv.Staging,
        {"motion": "polar", "whole_layers": False, "softmax": False, "one_by_one": False,
         "caption": "name"},
    ),
    "Theme": lambda: (wv.Theme, dict(vars(wv.THEMES["light"]))),
    "Timeline": lambda: (
        wv.Timeline,
        {"acts": 2, "seconds": 1.0, "hold": 0.5, "fps": 20.0, "ease": "smooth",
         "lengths": (1.0, 2.0), "holds": (0.0, 1.0, 0.0), "clip": (0, 1)},
    ),
    "Timeline.classic": lambda: (wv.Timeline.classic, {"acts": 2, "rounds": 2, "fps": 20.0}),
    "Timeline.steps": lambda: (wv.Timeline(2).steps, {"k": 1}),
    "Trajectory": lambda: (
        wv.Trajectory, {"keyframes": np.zeros((2, 3, 2)), "widths": np.array([2, 2]), "swings": ()}
    ),
    "Trajectory.at": lambda: (trajectory().at, {"k": 0, "t": 0.5}),
    "Trajectory.centroid": lambda: (trajectory().centroid, {}),
    "Trajectory.of": lambda: (wv.Trajectory.of, {"states": MODEL.states(DATA.x), "swings": ()}),
    "Trajectory.of_points": lambda: (trajectory().of_points, {"index": np.array([0, 1])}),
    "Trajectory.through": lambda: (
        wv.Trajectory.through,
        {"chain": MODEL, "points": DATA.x, "motion": "polar", "whole_layers": False},
    ),
    "WarpvizError": lambda: (WarpvizError, {}),
    "ActivationFunction": lambda: (
        wv.ActivationFunction,
        {"name": "bump", "latex": "", "breakpoints": None, "fill": None,
         "formula": "z/(1 + z**2)", "meaning": "", "effect": "", "caption": "", "forms": {},
         "onnx": None, "torch": None},
    ),
    "ActivationFunction.derivative": lambda: (wv.activation("relu").derivative, {"z": DATA.x}),
    "ActivationFunction.f": lambda: (wv.activation("relu").f, {"z": DATA.x}),
    "ActivationFunction.node": lambda: (wv.activation("relu").node, {"form": "ONNX"}),
    "ActivationFunction.source": lambda: (wv.activation("relu").source, {"language": "python"}),
    "ActivationFunction.unit": lambda: (wv.activation("relu").unit, {"number": 0}),
    "ActivationFunction.value_and_slope": lambda: (
        wv.activation("relu").value_and_slope, {"z": DATA.x}
    ),
    "Approximation": lambda: (
        wv.Approximation, {"name": "net", "target": found().target, "run": found().run}
    ),
    "Approximation.__call__": lambda: (found(), {"x": 0.5}),
    "Approximation.error": lambda: (found().error, {"count": 50}),
    "Formula": lambda: (
        wv.Formula,
        {"chain": MODEL, "form": "nested", "digits": 3, "letters": False, "limits": ()},
    ),
    "Formula.__call__": lambda: (wv.formula(MODEL), {"x": DATA.x}),
    "Formula.save": lambda: (wv.formula(MODEL).save, {"path": "f.svg", "theme": "light"}),
    "Graph": lambda: (
        wv.Graph,
        {"nodes": [], "edges": [], "across": False, "remarks": [], "title": "", "pen": 4.0},
    ),
    "Graph.add": lambda: (
        wv.Graph().add, {"label": "x", "leaf": True, "note": "", "at": (0.0, 0.0)}
    ),
    "Graph.dot": lambda: (wv.graph("a + b").dot, {"theme": "light"}),
    "Graph.save": lambda: (wv.graph("a + b").save, {"path": "g.dot", "theme": "light"}),
    "History": lambda: (
        wv.History, {name: getattr(fitted().history, name) for name in
                     ("epochs", "losses", "accuracies", "parameters", "shape")}
    ),
    "History.chain": lambda: (fitted().history.chain, {"s": 0}),
    "Landscape": lambda: (wv.Landscape, dict(vars(land()))),
    "Look": lambda: (
        wv.Look,
        {"theme": "dark", "colors": None, "transparent": False, "size": (320, 240),
         "font": None, "title": "", "show": ("scale",), "hide": ("track",), "view": "auto",
         "camera": None, "turntable": None,
         "limits": (-1.0, 1.0, -1.0, 1.0)},
    ),
    "Look.dressed": lambda: (wv.Look().dressed, {"data": DATA}),
    "Look.notes": lambda: (wv.Look(theme={}).notes, {"data": DATA}),
    "Measures": lambda: (wv.Measures, dict(vars(wv.layer_measures(MODEL, DATA)[0]))),
    "Measures.as_dict": lambda: (wv.layer_measures(MODEL, DATA)[0].as_dict, {}),
    "Recipe": lambda: (
        wv.Recipe,
        {"loss": "cross_entropy", "penalty": 0.0, "evenness": 0.0, "optimizer": "descent",
         "learning_rate": 0.1, "epochs": 2, "starts": 1, "seed": 1, "precision": "float64",
         "snapshots": 2},
    ),
    "RegionsFigure": lambda: (
        wv.RegionsFigure, {"still": wv.regions(MODEL).still, "data": DATA}
    ),
    "RegionsFigure.facts": lambda: (wv.regions(MODEL).facts, {}),
    "RegionsFigure.save": lambda: (
        wv.regions(MODEL).save, {"path": "r.png", "theme": "light"}
    ),
    "Trace": lambda: (wv.Trace, dict(vars(wv.trace(MODEL, (0.1, 0.2))))),
    "Written": lambda: (
        wv.Written, {"path": Path("a.gif"), "frames": 2, "seconds": 1.0, "bytes": 9, "changes": ""}
    ),
    "activation": lambda: (defined, {"name": "wave", "formula": "sin(2*z)/2 + z/2"}),
    "animate": lambda: (
        wv.animate, {"model": MODEL, "x": DATA.x, "y": DATA.y, **SMALL, "hold_at": {0: 0.5},
                     "show": ("scale",), "hide": ("track",), "limits": (-1.0, 1.0, -1.0, 1.0),
                     "title": "Title", "font": None, "view": "auto", "motion": "polar",
                     "softmax": False, "caption": "name", "loop": 0, "theme": "dark",
                     "ease": "smooth", "whole_layers": False, "one_by_one": False,
                     "start_hold": 0.5, "end_hold": 0.5, "names": None, "layers": None,
                     "plane": None}
    ),
    "animate_approximation": lambda: (wv.animate_approximation, {"found": found(), **SMALL}),
    "animate_landscape": lambda: (
        wv.animate_landscape,
        {"land": land(), "fits": None, "data": None, "layer": None, **SMALL},
    ),
    "animate_training": lambda: (
        wv.animate_training,
        {"record": fitted(), "x": DATA.x, "y": DATA.y, "layer": 1, **SMALL},
    ),
    "approximate": lambda: (
        wv.approximate,
        {"target": "exp", "name": "net", "layers": (2,), "activation": "relu", "steps": 2,
         "batch": 2, "rate": 0.01, "seed": 1, "store": "e.npz", "resume": False, "every": 1,
         "watch": None},
    ),
    "classic": lambda: (
        wv.classic,
        {"model": "tanh", "data": DATA, "seed": 0, "epochs": 2, "rounds": 0, "fps": 20.0,
         "size": (240, 180), "loop": 0, "jobs": 1},
    ),
    "classic_chain": lambda: (
        wv.classic_chain, {"activation": "tanh", "seed": 0, "data": DATA, "epochs": 2}
    ),
    "compare": lambda: (
        wv.compare, {"chains": {"one": MODEL, "two": MODEL}, "x": DATA.x, "y": DATA.y, **SMALL}
    ),
    "export": lambda: (
        wv.export, {"chain": MODEL, "path": "net.py", "class_names": ("a", "b")}
    ),
    "embed": lambda: (
        lambda **given: wv.embed(**given),
        {"path": film().save("fold.html")[0].path, "host": "reveal", "autoplay": "0",
         "name": "left"},
    ),
    "formula": lambda: (
        wv.formula,
        {"chain": MODEL, "form": "nested", "digits": 3, "letters": False, "limits": ()},
    ),
    "loss_landscape": lambda: (
        wv.loss_landscape,
        {"fits": fitted(), "data": DATA, "recipe": None, "directions": "random", "grid": 5,
         "seed": 1},
    ),
    "graph": lambda: (
        wv.graph,
        {"model": MODEL, "form": None, "at": None, "output": 1, "gradient": "w111", "loss": None,
         "target": None, "numbers": False, "share": True},
    ),
    "layer_measures": lambda: (
        wv.layer_measures, {"chain": MODEL, "data": DATA, "limits": (-1.0, 1.0, -1.0, 1.0)}
    ),
    "line_landscape": lambda: (wv.line_landscape, {"seed": 0, "steps": 4, "every": 2}),
    "load_data": lambda: (
        wv.load_data,
        {"name": "moons", "n": 20, "noise": 0.1, "seed": 1, "label": None, "features": (),
         "drop_missing": False, "standardise": False,
         "classes": False, "regression": False, "encoding": None, "limits": None},
    ),
    "load_model": lambda: (wv.load_model, {"path": "stored.npz"}),
    "mlp": lambda: (
        wv.mlp, {"widths": [2, 3, 2], "activation": "relu", "seed": 1, "softmax": True}
    ),
    "plot_function": lambda: (
        wv.plot_function,
        {"chain": LINE, "ax": Figure().subplots(), "limits": (-1.0, 1.0), "output": 1,
         "names": (), "theme_name": "light"},
    ),
    "plot_state": lambda: (
        wv.plot_state,
        {"chain": MODEL, "data": DATA, "k": 1, "ax": Figure().subplots(),
         "limits": (-1.0, 1.0, -1.0, 1.0), "theme_name": "light"},
    ),
    "regions": lambda: (
        wv.regions, {"model": MODEL, "data": DATA, "limits": (-1.0, 1.0, -1.0, 1.0)}
    ),
    "save_model": lambda: (
        wv.save_model,
        {"model": MODEL, "path": "m.npz", "data_name": "moons", "class_names": ("a", "b"),
         "mean": np.zeros(2), "scale": np.ones(2)},
    ),
    "activations_table": lambda: (lambda name: wv.activations_table(name), {"name": "relu"}),
    "animate_activations": lambda: (
        lambda name, **given: wv.animate_activations(name, **given),
        {"name": "relu", "limits": (-2.0, 2.0), "fps": 2.0},
    ),
    "on_plane": lambda: (wv.on_plane, {"model": MODEL, "plane": (0, 1), "at": (0.0, 0.0)}),
    "plot_activation": lambda: (
        wv.plot_activation,
        {"activation": "relu", "ax": Figure().subplots(), "limits": (-2.0, 2.0),
         "theme_name": "dark"},
    ),
    "to_chain": lambda: (wv.to_chain, {"model": MODEL, "output": None}),
    "trace": lambda: (
        wv.trace,
        {"chain": MODEL, "at": (0.1, 0.2), "target": (1.0, 0.0), "loss": "half-squared",
         "learning_rate": 0.1},
    ),
    "train": lambda: (
        wv.train,
        {"chain": MODEL, "data": DATA, "loss": "cross_entropy", "penalty": 0.0, "evenness": 0.0,
         "optimizer": "descent", "learning_rate": 0.1, "epochs": 2, "starts": 1, "seed": 1,
         "precision": "float64", "snapshots": 2},
    ),
    "widget": lambda: (
        wv.widget,
        {"film": film(), "step": 0.5, "playing": False, "speed": 2.0, "theme": "light",
         "view": {"yaw": 0.5}, "probes": ((0.5, -1.0),)},
    ),
}  # fmt: skip
"""A right call of every public function, with all of its arguments by name."""


MAY_COME: dict[str, tuple[type[Exception], ...]] = {"Chain.__getitem__": (IndexError,)}
"""What Python itself expects of a sequence."""


def public() -> set[str]:
    """Names of all public functions, classes and methods."""
    names = set()
    for name in wv.__all__:
        each = getattr(wv, name)
        if is_typeddict(each) or getattr(each, "_is_protocol", False):
            continue  # for type checkers alone
        if callable(each):
            names.add(name)
        if inspect.isclass(each) and not issubclass(each, BaseException):
            names |= {
                f"{name}.{method}"
                for method, value in inspect.getmembers(each, callable)
                if not method.startswith("_") or method in ("__call__", "__getitem__")
                if method != "__call__" or "__call__" in vars(each)
                if not inspect.isclass(value)
            }
    return names


def test_every_public_function_is_asked() -> None:
    assert set(CALLS) == public()


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("name", sorted(CALLS))
def test_what_is_wrong_is_told_in_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wv.save_model(MODEL, "stored.npz")
    function, right = CALLS[name]()
    function(**right)
    failures = []
    for word in right:
        for value in WRONG:
            if word == "watch" and callable(value):
                continue  # what a user's own function raises is the user's
            function, right = CALLS[name]()
            try:
                function(**{**right, word: value})
            except WarpvizError as error:
                text = str(error)
                if not text.endswith((".", "?")) or len(text) < 20:
                    failures.append(f"{word}={value!r}: no sentence: {text}")
            except tuple(MAY_COME.get(name, ())):
                pass
            except Exception as error:
                failures.append(f"{word}={value!r:.40}: {type(error).__name__}: {error!s:.120}")
    assert not failures, "\n".join(failures)
