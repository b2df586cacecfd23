"""Forward passes that are no chain are refused in a whole sentence."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import nn

import warpviz as wv
from tests.convert.torch.written import Written
from warpviz.errors import WarpvizError


class TwoInputs(nn.Module):  # type: ignore[misc]
    def forward(self, x: Any, mask: Any) -> Any:
        return x * mask


def test_inputs_without_defaults_are_named() -> None:
    with pytest.raises(WarpvizError, match=r"takes 2 inputs \(x, mask\).* forward\(x\) calls it"):
        wv.to_chain(TwoInputs())


REFUSED: dict[str, tuple[str, Callable[..., Any]]] = {
    "bool": ("values of the data, by bool", lambda self, x: self.a(x) if x.sum() > 0 else x),
    "item": ("values of the data, by item", lambda self, x: self.a(x) * x.max().item()),
    "numpy": ("values of the data, by numpy", lambda self, x: torch.tensor(x.numpy())),
    "constant": ("output does not come of its input", lambda self, x: torch.ones(len(x), 2)),
    "two paths": ("joins two paths", lambda self, x: self.b(self.a(x)) + x.prod(1, True)),
    "a product of units": ("prod, step 3", lambda self, x: F.relu(self.a(x)).prod(1)),
    "chance": ("by chance after training too; give", lambda self, x: F.dropout(self.a(x))),
    "rows": ("getitem, step 2 of 2: it takes out other numbers", lambda self, x: self.a(x)[:7]),
    "mixing": ("reshape, step 2 .*mixes points", lambda self, x: self.a(x).reshape(-1, 1)),
    "every other point": ("flip, step 2", lambda self, x: self.a(x).flip(0)),
    "an error": (r"cannot be traced \(no such thing\)", lambda self, x: _fail()),
}  # fmt: skip


def _fail() -> None:
    raise RuntimeError("no such thing")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_chain_is_refused_in_a_whole_sentence(name: str) -> None:
    told, forward = REFUSED[name]
    with pytest.raises(WarpvizError, match=told) as caught:
        wv.to_chain(Written(forward))
    sentence = str(caught.value)
    assert sentence.startswith("Cannot translate") and sentence.endswith(".") and ";" in sentence
