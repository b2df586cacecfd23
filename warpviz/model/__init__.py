"""The model: activations, layers and chains, how they are trained, and how they are stored."""

from warpviz.model.activations import ACTIVATIONS, ActivationFunction, activation
from warpviz.model.binary import as_classifier
from warpviz.model.chain import Chain
from warpviz.model.classic import CLASSIC_RECIPE, CLASSIC_SEED, classic_chain, classic_start
from warpviz.model.history import Fit, History, Step
from warpviz.model.init import mlp
from warpviz.model.layers import Activation, Dense, Layer, Softmax
from warpviz.model.losses import LOSSES
from warpviz.model.optimizers import OPTIMIZERS
from warpviz.model.recipe import Recipe
from warpviz.model.store import StoredModel, load_model, load_stored, save_model
from warpviz.model.training import finish, train, training_steps

__all__ = [
    "ACTIVATIONS",
    "CLASSIC_RECIPE",
    "CLASSIC_SEED",
    "LOSSES",
    "OPTIMIZERS",
    "Activation",
    "ActivationFunction",
    "Chain",
    "Dense",
    "Fit",
    "History",
    "Layer",
    "Recipe",
    "Softmax",
    "Step",
    "StoredModel",
    "activation",
    "as_classifier",
    "classic_chain",
    "classic_start",
    "finish",
    "load_model",
    "load_stored",
    "mlp",
    "save_model",
    "train",
    "training_steps",
]
