"""How chains are trained: losses, optimizers, the loop and what is kept of it."""

from warpviz.training.classic import CLASSIC_RECIPE, CLASSIC_SEED, classic_chain, classic_start
from warpviz.training.history import Fit, History, TrainingStep
from warpviz.training.loop import finish, train, training_steps
from warpviz.training.losses import LOSSES
from warpviz.training.optimizers import OPTIMIZERS
from warpviz.training.recipe import Recipe

__all__ = [
    "CLASSIC_RECIPE",
    "CLASSIC_SEED",
    "LOSSES",
    "OPTIMIZERS",
    "Fit",
    "History",
    "Recipe",
    "TrainingStep",
    "classic_chain",
    "classic_start",
    "finish",
    "train",
    "training_steps",
]
