import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from warpviz.axis import Axis, axes_named, limits_of


def test_own_units_are_those_before_the_scaler() -> None:
    x = np.random.default_rng(0).normal([170.0, 60.0], [10.0, 5.0], (50, 2))
    scaler = StandardScaler().fit(x)
    axes = axes_named(("cm", "kg"), scaler.mean_, scaler.scale_, 2)
    for column, axis in enumerate(axes):
        for u, value in zip(scaler.transform(x)[:, column], x[:, column], strict=True):
            assert axis.own(u) == pytest.approx(value)
            assert axis.back(value) == pytest.approx(u)
    assert [axis.name for axis in axes] == ["cm", "kg"]


def test_without_names_or_scale_axes_are_counted_and_as_they_are() -> None:
    assert axes_named((), None, None, 2) == (Axis("x₁"), Axis("x₂"))
    assert axes_named((), np.ones(2), None, 2) == axes_named((), None, np.ones(2), 2)
    assert [axis.name for axis in axes_named((), None, None, 12)][9:] == ["x₁₀", "x₁₁", "x₁₂"]


def test_limits_are_given_in_own_units_where_there_are_two() -> None:
    axes = (Axis("cm", 170.0, 10.0), Axis("kg", 60.0, 5.0))
    assert limits_of((160.0, 190.0, 50.0, 65.0), axes) == (-1.0, 2.0, -2.0, 1.0)
    assert limits_of(None, axes) is None
    assert limits_of((0.0, 1.0, 2.0, 3.0), ()) == (0.0, 1.0, 2.0, 3.0)
    assert limits_of((0.0, 1.0, 2.0, 3.0), (*axes, Axis("m"))) == (0.0, 1.0, 2.0, 3.0)
