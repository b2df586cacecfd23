"""What cannot be watched is told in one sentence."""

from typing import Any

import numpy as np
import pytest
from torch import nn

import warpviz as wv
from tests.convert.watched.nets import Net, X
from warpviz.convert.watched.watch import watch
from warpviz.errors import WarpvizError


@pytest.mark.parametrize(
    ("model", "layers", "words"),
    [
        (Net(), ["blok.0"],
         r"Net has no layer 'blok.0'; did you mean 'block.0'\? Its layers are stem, block, "),
        (Net(), ["qqqq"], "Net has no layer 'qqqq'; its layers are stem"),
        (lambda x: {"a": x, "b": x}, ["c"], "has no layer 'c'; did.*|its layers are a, b"),
        (nn.Linear(3, 2), (), r"Linear cannot be run on points of shape \(2, 2\)"),
        (lambda x: 1 / 0, (), "cannot be run on points of shape .* \\(division by zero\\)"),
        (lambda x: np.zeros(3), (), "gives the same for 2 points as for 3"),
        (wv.mlp([2, 2]), ["0"], "a PyTorch module, a Keras model or a function of points"),
        (3, ["0"], "got int"),
    ],
)  # fmt: skip
def test_what_cannot_be_watched_is_told(model: Any, layers: Any, words: str) -> None:
    with pytest.raises(WarpvizError, match=words):
        watch(model, layers, X)


def test_a_layer_that_does_not_run_is_told() -> None:
    net = Net()
    net.spare = nn.Linear(2, 2)
    with pytest.raises(WarpvizError, match=r"'spare' of Net gives nothing .* layers that do"):
        watch(net, ["spare"], X)
    with pytest.raises(WarpvizError, match="NaN or infinity at '0'"):
        watch(nn.Sequential(nn.Linear(2, 2)), ["0"], X).states(X * np.inf)
