"""The table of activations has a row each."""

import pytest

import warpviz as wv
from tests.curves.known import facts
from warpviz.errors import WarpvizError


def test_the_table_has_a_row_each_and_refuses_other_names() -> None:
    rows = wv.activations_table()
    assert [row["name"] for row in rows] == list(wv.ACTIVATIONS)
    assert rows[0].keys() == facts("relu").as_dict().keys()
    bump = wv.ActivationFunction("bump", formula="z/(1 + z**2)")
    (row,) = wv.activations_table(bump)
    assert (row["lowest"], row["highest"]) == (pytest.approx(-0.5), pytest.approx(0.5))
    assert row["left_limit"] == row["right_limit"] == 0.0
    with pytest.raises(WarpvizError, match="did you mean 'gelu'"):
        wv.activations_table("gelo")
    with pytest.raises(WarpvizError, match="activations_table expects names"):
        wv.activations_table(3)  # type: ignore[arg-type]
