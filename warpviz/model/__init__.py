"""The model: activations, layers, chains, and how they are trained and stored."""

from warpviz.model.activations import ACTIVATIONS, ActivationFunction, activation
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.model.layers import Activation, Dense, Layer, Softmax

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "ActivationFunction",
    "Chain",
    "Dense",
    "Layer",
    "Softmax",
    "activation",
    "mlp",
]
