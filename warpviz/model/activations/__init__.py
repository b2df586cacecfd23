"""Activation functions: one record each, with all that any part of warpviz needs to know of it."""

from warpviz.model.activations.function import ActivationFunction
from warpviz.model.activations.table import ACTIVATIONS, BUILT_IN, ELSEWHERE, activation, portable

__all__ = ["ACTIVATIONS", "BUILT_IN", "ELSEWHERE", "ActivationFunction", "activation", "portable"]
