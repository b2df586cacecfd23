"""Which of a forward pass's outputs ends the chain: by name, by place, or asked for."""

from collections import namedtuple
from dataclasses import dataclass
from typing import Any

import pytest
import torch
from torch import nn

import warpviz as wv
from tests.convert.torch.written import Written
from warpviz.errors import WarpvizError

Pair = namedtuple("Pair", "features scores")


@dataclass
class Record:
    loss: Any
    scores: Any
    features: Any


def _pair(self: Any, x: Any) -> Any:
    h = torch.relu(self.a(x))
    return Pair(h, self.b(h))


def _record(self: Any, x: Any) -> Any:
    return Record(None, self.b(torch.relu(self.a(x))), torch.relu(self.a(x)))


def _dict(self: Any, x: Any) -> Any:
    h = torch.relu(self.a(x))
    return {"scores": self.b(h), "features": h}


@pytest.mark.parametrize("forward", [_pair, _record, _dict])
def test_an_output_is_chosen_by_its_name(forward: Any) -> None:
    model = Written(forward)
    assert wv.to_chain(model, output="scores").widths == (2, 3, 1)
    assert wv.to_chain(model, output="features").widths == (2, 3)
    with pytest.raises(WarpvizError, match=r"no output 'score'; choose one of .*'scores'"):
        wv.to_chain(model, output="score")


def test_an_output_is_chosen_by_its_place() -> None:
    model = Written(lambda self, x: (lambda h: (h, self.b(h), None))(torch.relu(self.a(x))))
    assert wv.to_chain(model).widths == (2, 3)
    assert wv.to_chain(model, output=1).widths == wv.to_chain(model, output=-2).widths == (2, 3, 1)
    with pytest.raises(WarpvizError, match="no output 2; choose one of 0, 1"):
        wv.to_chain(model, output=2)
    with pytest.raises(WarpvizError, match="gives one output, got output='logits'; leave it out"):
        wv.to_chain(nn.Linear(2, 2), output="logits")


def test_which_of_several_named_outputs_is_asked_for_and_the_advice_works() -> None:
    model = Written(_dict)
    with pytest.raises(WarpvizError, match=r"\(scores, features\); choose one, as in ") as told:
        wv.to_chain(model)
    advice = str(told.value).rpartition("as in ")[2].rstrip(".")
    assert eval(advice, {"to_chain": wv.to_chain, "model": model}).widths == (2, 3, 1)


def test_a_tuple_that_holds_no_tensor() -> None:
    with pytest.raises(WarpvizError, match="gives 3, where a chain gives a tensor"):
        wv.to_chain(Written(lambda self, x: 3))
