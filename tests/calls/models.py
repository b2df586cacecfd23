"""Of models, data and training."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

import warpviz as wv
from tests.calls.made import (
    DATA,
    GRADIENT,
    LAYER,
    MODEL,
    Calls,
    fitted,
)
from warpviz import WarpvizError


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


CALLS: Calls = {
    "Activation": lambda: (wv.Activation, {"name": "relu"}),
    "Activation.__call__": lambda: (wv.Activation("relu"), {"x": DATA.x}),
    "Activation.backward": lambda: (
        wv.Activation("relu").backward, {"x": DATA.x, "gradient": GRADIENT}
    ),
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
    "History": lambda: (
        wv.History, {name: getattr(fitted().history, name) for name in
                     ("epochs", "losses", "accuracies", "parameters", "shape")}
    ),
    "History.chain": lambda: (fitted().history.chain, {"s": 0}),
    "Recipe": lambda: (
        wv.Recipe,
        {"loss": "cross_entropy", "penalty": 0.0, "evenness": 0.0, "optimizer": "descent",
         "learning_rate": 0.1, "epochs": 2, "starts": 1, "seed": 1, "precision": "float64",
         "snapshots": 2},
    ),
    "activation": lambda: (defined, {"name": "wave", "formula": "sin(2*z)/2 + z/2"}),
    "export": lambda: (
        wv.export, {"chain": MODEL, "path": "net.py", "class_names": ("a", "b")}
    ),
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
    "save_model": lambda: (
        wv.save_model,
        {"model": MODEL, "path": "m.npz", "data_name": "moons", "class_names": ("a", "b"),
         "mean": np.zeros(2), "scale": np.ones(2)},
    ),
    "on_plane": lambda: (wv.on_plane, {"model": MODEL, "plane": (0, 1), "at": (0.0, 0.0)}),
    "to_chain": lambda: (wv.to_chain, {"model": MODEL, "output": None}),
    "train": lambda: (
        wv.train,
        {"chain": MODEL, "data": DATA, "loss": "cross_entropy", "penalty": 0.0, "evenness": 0.0,
         "optimizer": "descent", "learning_rate": 0.1, "epochs": 2, "starts": 1, "seed": 1,
         "precision": "float64", "snapshots": 2},
    ),
}  # fmt: skip
