"""Activation functions: one record each, with all that any part of warpviz needs to know of it."""

from warpviz.model.activations.function import ActivationFunction
from warpviz.model.activations.table import (
    ACTIVATIONS,
    BUILT_IN,
    activation,
    canonical,
    own_activations,
    portable,
)

__all__ = [
    "ACTIVATIONS",
    "BUILT_IN",
    "ActivationFunction",
    "activation",
    "canonical",
    "own_activations",
    "portable",
]
