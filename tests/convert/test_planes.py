"""A model on two of its inputs computes what it computes with the others held."""

import numpy as np
import pytest

import warpviz as wv
from warpviz.convert.planes import of_features
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain

NET = wv.mlp([5, 6, 4, 3], ["relu", "tanh"], seed=1)
UV = np.random.default_rng(0).normal(size=(20, 2))


@pytest.mark.parametrize("plane", [(0, 1), (4, 2), (3, 0)])
@pytest.mark.parametrize("whole", [True, False])
def test_the_others_are_held(plane: tuple[int, int], whole: bool) -> None:
    at = np.array([0.5, -1.0, 2.0, 0.25, -0.75])
    x = np.tile(at, (20, 1))
    x[:, plane] = UV
    others = [k for k in range(5) if k not in plane]
    chain = wv.on_plane(NET, plane, at=at if whole else at[others])
    np.testing.assert_allclose(chain(UV), NET(x), rtol=1e-12)
    assert chain.widths == (2, *NET.widths[1:])


def test_a_model_that_begins_with_no_product_gets_one() -> None:
    chain = wv.on_plane(Chain([wv.Activation("tanh")], 3), (2, 0), at=[0.5])
    x = np.column_stack([UV[:, 1], np.full(20, 0.5), UV[:, 0]])
    np.testing.assert_allclose(chain(UV), np.tanh(x), rtol=1e-12)


@pytest.mark.parametrize(
    ("plane", "at", "told"),
    [
        ((0, 0), None, "two different inputs of 5, counted from 0 to 4"),
        ((0, 5), None, "got 0,5"),
        ((0, 1, 2), None, "got 0,1,2"),
        ((0, 1), [1.0], "3 finite numbers for the inputs 2, 3, 4, or 5 for all; got 1"),
        ((0, 1), [1.0, np.nan, 0.0], "finite numbers"),
    ],
)
def test_what_does_not_fit_is_told(plane: tuple[int, ...], at: list[float], told: str) -> None:
    with pytest.raises(WarpvizError, match=told):
        wv.on_plane(NET, plane, at=at)


def test_data_with_two_of_its_features_keeps_their_names_and_units() -> None:
    x = np.arange(12.0).reshape(4, 3)
    data = wv.Dataset(x, np.array([0, 1, 0, 1]), feature_names=("a", "b", "c")).standardised()
    two = of_features(data, (2, 0))
    np.testing.assert_array_equal(two.raw, x[:, [2, 0]])
    assert two.feature_names == ("c", "a")
