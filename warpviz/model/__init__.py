"""The model: activations, layers and chains, and how they are stored."""

from warpviz.model.activations import ACTIVATIONS, activation
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.binary import as_classifier
from warpviz.model.chain import Chain
from warpviz.model.descriptions import StoredModel
from warpviz.model.init import mlp
from warpviz.model.layers import Activation, Dense, Layer, Softmax
from warpviz.model.residual import Residual
from warpviz.model.store import read_json, read_npz, write_json, write_npz

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "ActivationFunction",
    "Chain",
    "Dense",
    "Layer",
    "Residual",
    "Softmax",
    "StoredModel",
    "activation",
    "as_classifier",
    "mlp",
    "read_json",
    "read_npz",
    "write_json",
    "write_npz",
]
