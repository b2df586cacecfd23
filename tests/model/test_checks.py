import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.model.checks import fitting, is_finite, parameter, rows


def test_rows_are_rows_of_numbers() -> None:
    assert rows([[1, 2]], "Chain").dtype == np.float64
    assert rows(np.zeros((0, 3)), "Chain", 3).shape == (0, 3)
    with pytest.raises(WarpvizError, match=r"Chain expects x of shape \(N, D\), got \(2,\)"):
        rows([1, 2], "Chain")
    with pytest.raises(WarpvizError, match=r"Dense expects x of shape \(N, 3\), got \(1, 2\)"):
        rows([[1, 2]], "Dense", 3)


def test_gradients_have_the_shape_of_what_they_are_of() -> None:
    assert fitting([[1, 2]], (1, 2)).tolist() == [[1.0, 2.0]]
    with pytest.raises(WarpvizError, match=r"gradient of shape \(2, 1\), that of the output, got"):
        fitting([[1, 2]], (2, 1))


def test_parameters_are_read_only_copies() -> None:
    given = np.asfortranarray([[1.0, 2.0], [3.0, 4.0]])
    kept = parameter("weight", given, 2)
    given[0, 0] = 9.0
    assert kept.tolist() == [[1, 2], [3, 4]] and kept.flags["C_CONTIGUOUS"]
    with pytest.raises(ValueError, match="read-only"):
        kept[0, 0] = 0.0
    for value, ndim, words in (
        ([1.0], 2, r"weight of shape \(n_out, n_in\), got \(1,\)"),
        ([[1.0]], 1, r"weight of shape \(n_out,\), got \(1, 1\)"),
        (np.zeros((0, 2)), 2, r"got \(0, 2\)"),
        ([[np.nan]], 2, "finite weight"),
        ([[np.inf]], 2, "finite weight"),
    ):
        with pytest.raises(WarpvizError, match=words):
            parameter("weight", value, ndim)


def test_numbers_are_finite_also_where_their_sum_is_not() -> None:
    large = np.full((4, 2), 1e308)
    assert is_finite(large) and is_finite(np.zeros((0, 2))) and is_finite(-large)
    for wrong in (np.nan, np.inf, -np.inf):
        large[2, 1] = wrong
        assert not is_finite(large)
    assert not is_finite(np.array([[np.inf, -np.inf]]))
