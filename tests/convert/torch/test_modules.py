"""The module behind a chain: left as it was, looked for in wrappers, read again as it learns."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

import warpviz as wv
from tests.convert.torch.written import Written, counted, unpacked
from warpviz.convert import reader_of
from warpviz.errors import WarpvizError


def test_the_module_is_as_it_was_though_its_forward_changes_it() -> None:
    model = Written(counted)
    before = model.mean.clone()
    wv.to_chain(model)
    assert model.calls == 0 and not hasattr(model, "hidden")
    assert torch.equal(model.mean, before)
    assert not model._forward_hooks and not model.a._forward_pre_hooks


def test_chance_is_left_alone() -> None:
    torch.manual_seed(3)
    expected = torch.rand(3)
    torch.manual_seed(3)
    wv.to_chain(_SMALL)
    assert torch.equal(torch.rand(3), expected)


_SMALL = nn.Sequential(nn.Linear(2, 3), nn.Dropout(), nn.Tanh(), nn.Linear(3, 2))


def test_wrappers_are_looked_into() -> None:
    averaged = torch.optim.swa_utils.AveragedModel(_SMALL)
    for wrapped in (averaged, nn.DataParallel(_SMALL)):
        assert repr(wv.to_chain(wrapped)) == repr(wv.to_chain(_SMALL))


@pytest.mark.slow
def test_exported_programs() -> None:
    x = torch.randn(5, 2)
    for model in (_SMALL.eval(), Written(unpacked), Written(lambda self, x: self.a(x)[:, 0])):
        chain = wv.to_chain(model)
        exported = wv.to_chain(torch.export.export(model, (x,)))
        np.testing.assert_allclose(exported(x.numpy()), chain(x.numpy()), atol=1e-6)


@pytest.mark.parametrize("wrap", [lambda s: s, lambda s: {"epoch": 3, "state_dict": s},
                                  lambda s: {"model_state_dict": s, "loss": 0.1}])  # fmt: skip
def test_the_advice_for_a_state_dict_works(wrap: Any) -> None:
    state = wrap(_SMALL.state_dict())
    with pytest.raises(WarpvizError, match=r"got a state_dict.*make the model as") as told:
        wv.to_chain(state)
    model = nn.Sequential(nn.Linear(2, 3), nn.Dropout(), nn.Tanh(), nn.Linear(3, 2))
    advice = str(told.value).partition("call ")[2].partition(", and give")[0]
    eval(advice, {"model": model, "state": state})
    assert repr(wv.to_chain(model)) == repr(wv.to_chain(_SMALL))


def test_a_reader_gives_the_weights_of_now() -> None:
    model = Written(lambda self, x: self.b(F.relu(self.a(x))) / self.temperature)
    read = reader_of(model)
    with torch.no_grad():
        model.temperature.fill_(0.25)
        model.a.weight.mul_(3)
    assert repr(read()) == repr(wv.to_chain(model))


def test_a_reader_sees_that_the_module_has_changed() -> None:
    model = Written(lambda self, x: self.b(torch.relu(self.a(x)) if self.calls else self.a(x)))
    read = reader_of(model)
    model.calls = 1
    assert repr(read()) == repr(wv.to_chain(model))
    model.b = nn.Linear(3, 2)
    assert read().widths == (2, 3, 2)
