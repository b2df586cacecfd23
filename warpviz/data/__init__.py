"""Data sets: made by name, or read from files."""

from warpviz.data.classic import classic_plot_data
from warpviz.data.dataset import Dataset
from warpviz.data.layers import layers_of
from warpviz.data.loading import load_data
from warpviz.data.synthetic import DATASETS, LAYERS, make_data

__all__ = [
    "DATASETS",
    "LAYERS",
    "Dataset",
    "classic_plot_data",
    "layers_of",
    "load_data",
    "make_data",
]
