import numpy as np
import pytest

import warpviz as wv
from warpviz.data.lattice import is_formula, lattice
from warpviz.errors import WarpvizError


def test_a_statement_has_two_classes() -> None:
    data = wv.load_data("y > sin(x)")
    assert len(data) == 42 * 42 and data.feature_names == ("x", "y")
    assert data.class_names == ("y ≤ sin(x)", "y > sin(x)")
    np.testing.assert_array_equal(data.y, data.x[:, 1] > np.sin(data.x[:, 0]))
    assert data.x.min() == -3 and data.x.max() == 3


def test_its_lattice() -> None:
    data = wv.load_data("x**2 + y**2 < 1 and x > 0", n=100, limits=(-1, 2, 0, 4))
    assert sorted(set(data.x[:, 0].tolist())) == pytest.approx(np.linspace(-1, 2, 10))
    assert sorted(set(data.x[:, 1].tolist())) == pytest.approx(np.linspace(0, 4, 10))
    assert data.class_names == ("elsewhere", "x**2 + y**2 < 1 and x > 0")
    assert lattice(4, None).tolist() == [[-3, -3], [3, -3], [-3, 3], [3, 3]]


def test_points_where_it_is_undefined_are_left_out_and_told() -> None:
    data = wv.load_data("y < log(x)", n=100)
    assert (data.x[:, 0] > 0).all() and len(data) == 50
    assert data.notes == ("y < log(x): 50 points of the lattice where it is not defined are left "
                          "out.",)  # fmt: skip


def test_values_are_classes_or_targets() -> None:
    data = wv.load_data("where(y > sin(x), 2, where(x > 0, 1, 0))")
    assert data.class_names == ("0", "1", "2")
    bent = wv.load_data("x*y/3", n=100)
    assert bent.targets is not None
    np.testing.assert_allclose(bent.targets, bent.x.prod(axis=1) / 3, rtol=1e-14)
    assert wv.load_data("where(x > 0, 1, 0)", regression=True).targets is not None


def quadrant(x: float, y: float) -> str:
    """Written for one point."""
    if x > 0:
        return "right"
    return "upper" if y > 0 else "lower"


def test_functions() -> None:
    ours = wv.load_data("y > sin(x)")
    for function in (
        lambda x, y: y > np.sin(x),
        lambda points: points[:, 1] > np.sin(points[:, 0]),
        lambda x, y, more=0: y > np.sin(x),
    ):
        data = wv.load_data(function)
        assert (data.x == ours.x).all() and (data.y == ours.y).all()
        assert data.class_names == ("False", "True")
    data = wv.load_data(quadrant, n=64)
    assert data.class_names == ("lower", "right", "upper") and data.name == "quadrant"
    assert [data.class_names[k] for k in data.y] == [quadrant(*point) for point in data.x]
    assert wv.load_data(np.hypot).targets is not None
    assert (
        wv.load_data(lambda point: int(point[0] > 0) if point.ndim == 1 else 1 / 0).n_classes == 2
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"name": "y > 9"}, r"the same at all points.*x from −3 to 3.*--limits"),
        ({"name": "log(-1) > y"}, "nowhere defined"),
        ({"name": "y > sin(t)"}, "the name 't' in it; a formula's variables are x and y"),
        ({"name": "y > __import__('os')"}, "has more in it than numbers, x, y"),
        ({"name": "y >"}, r"is no statement about x and y; write one such as 'y > sin\(x\)'"),
        ({"name": "(x > 1) < y"}, "compares a statement with a number"),
        ({"name": "x and y > 1"}, "joins what are no comparisons"),
        ({"name": "y > x", "label": "kind"}, "has no columns to choose from"),
        ({"name": "y > x", "limits": (1.0, 0.0, 0.0, 1.0)}, "x0 < x1"),
        ({"name": "y > x", "n": 3}, "expects n from 4"),
        ({"name": "rings", "limits": (0.0, 1.0, 0.0, 1.0)}, "limits are those of a formula"),
        ({"name": lambda x, y: undefined}, "fails.*NameError"),  # type: ignore[name-defined] # noqa: F821
        ({"name": lambda x, y: [1, 2]}, "to give a label a point"),
        ({"name": lambda x, y: 1}, "the same at all points"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)  # fmt: skip
def test_what_makes_no_data_is_told(asked: dict[str, object], told: str) -> None:
    with pytest.raises(WarpvizError, match=told):
        wv.load_data(**asked)  # type: ignore[arg-type]


def test_names_and_files_are_no_formulas(tmp_path: object) -> None:
    for name in ("rings", "blobs:5", "data (1).csv", "a+b.npz", "ring", f"{tmp_path}/x=1.gz"):
        assert not is_formula(name)
    assert all(map(is_formula, ("x*y > 0", "x² + y² ≤ 1", "max(x, y)", "x" * 300 + " > 0")))
