import numpy as np
import pytest

from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.measure.measured_sheet import MeasuredSheet, slopes_at
from warpviz.measure.plane.ranks import folded_share, rank_shares
from warpviz.model import Chain, Dense

LATTICE = np.stack(np.meshgrid(np.linspace(-1, 1, 10), np.linspace(-1, 1, 10)), -1).reshape(-1, 2)
DATA = Dataset(LATTICE, np.arange(100) % 2)


def test_a_relu_of_both_axes_has_every_rank() -> None:
    chain = Chain([Dense(np.eye(2), np.zeros(2), "relu")])
    *_, behind = slopes_at(chain, LATTICE, np.eye(2))
    assert rank_shares(behind) == (0.25, 0.5, 0.25)


@pytest.mark.parametrize("power", [-300, 0, 300])
def test_ranks_are_those_of_the_singular_values(power: int) -> None:
    rng = np.random.default_rng(0)
    one = rng.normal(size=(30, 4, 1)) @ rng.normal(size=(30, 1, 2))
    jacobians = np.concatenate([one, rng.normal(size=(50, 4, 2)), np.zeros((20, 4, 2))])
    assert rank_shares(jacobians * 10.0**power) == (0.2, 0.3, 0.5)
    assert rank_shares(np.zeros((3, 4, 2))) == (1.0, 0.0, 0.0)
    assert rank_shares(np.zeros((3, 1, 2)) + 1.0) == (0.0, 1.0, 0.0)


def test_a_sheet_folded_at_a_third_lies_with_a_third_the_other_side_up() -> None:
    # (|x|, y), folded along x = 1/3 of −1 … 1: as relu(x) and relu(−x).
    fold = Dense(np.array([[1.0, 0], [-1, 0], [0, 1]]), np.array([-1 / 3, 1 / 3, 9]), "relu")
    chain = Chain([fold, Dense(np.array([[1.0, 1, 0], [0, 0, 1]]), np.zeros(2))])
    sheet = MeasuredSheet.of(chain, DATA, (-1, 1, -1, 1))
    flat, wide, folded = sheet.slopes(chain)
    assert folded_share(flat, sheet.areas) == 0.0
    assert folded_share(wide, sheet.areas) is None
    assert folded_share(folded, sheet.areas) == pytest.approx(1 / 3)
    assert folded_share(-1e200 * folded, sheet.areas) == pytest.approx(1 / 3)
    assert folded_share(0 * folded, sheet.areas) is None


def test_a_gelu_folds_beyond_its_lowest_point() -> None:
    chain = Chain([Dense(4 * np.eye(2), np.zeros(2)), Dense(np.eye(2), np.zeros(2), "gelu")])
    sheet = MeasuredSheet.of(chain, DATA, (-1, 1, -1, 1))
    *_, behind = sheet.slopes(chain)
    lowest = -0.751791524693564457  # the root of Φ(z) + z φ(z), by mpmath
    share = (lowest + 4) / 8  # of either axis
    expected = 2 * share * (1 - share)
    assert folded_share(behind, sheet.areas) == pytest.approx(expected, abs=2 / 96)


def test_what_is_not_finite_is_refused() -> None:
    with pytest.raises(WarpvizError, match="finite Jacobians"):
        folded_share(np.full((1, 2, 2), np.inf), np.ones(1))
