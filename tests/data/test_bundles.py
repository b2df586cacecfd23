"""Arrays as people hold them; scikit-learn, PyTorch and numpy make them."""

from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest
import torch
from sklearn import datasets  # type: ignore[import-untyped]
from torch.utils.data import DataLoader, Subset, TensorDataset

import warpviz as wv
from warpviz.errors import WarpvizError

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(30, 2)), np.arange(30) % 3
ONE_HOT = np.eye(3)[Y]


class Pairs(torch.utils.data.Dataset):  # type: ignore[misc]
    classes = ("cat", "dog", "eel")

    def __len__(self) -> int:
        return 30

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        return torch.tensor(X[index].reshape(1, 2)), int(Y[index])


TENSORS = TensorDataset(torch.tensor(X), torch.tensor(Y))
HELD: dict[str, Any] = {
    "a pair": (X, Y),
    "a list of two": [X.tolist(), Y.tolist()],
    "a column of labels": (X, Y[:, None]),
    "a row of labels": (X, Y[None]),
    "one-hot": (X, ONE_HOT),
    "a dict": {"x": X, "y": Y},
    "a dict of capitals": {"X": X, "Y": Y},
    "data and target": {"data": X, "target": Y},
    "features in columns": (X.T, Y),
    "features and labels in columns": {"X": X.T, "Y": Y[None]},
    "a frame and a series": (pd.DataFrame(X), pd.Series(Y)),
    "tensors": (torch.tensor(X, requires_grad=True), torch.tensor(Y)),
    "a data set of tensors": TENSORS,
    "a loader": DataLoader(TENSORS, batch_size=4),
    "numpy's records": np.array(
        [(a, b, k) for (a, b), k in zip(X, Y, strict=True)],
        dtype=[("a", float), ("b", float), ("kind", int)],
    ),
    "columns by name": {"a": X[:, 0], "b": X[:, 1], "kind": Y},
    "records": [{"a": a, "b": b, "kind": int(k)} for (a, b), k in zip(X, Y, strict=True)],
}


@pytest.mark.parametrize("name", HELD)
def test_the_same_points_in_many_ways(name: str) -> None:
    data = wv.load_data(HELD[name])
    np.testing.assert_array_equal(data.x, X)
    np.testing.assert_array_equal(data.y, Y)
    assert data.class_names == ("0", "1", "2")


def test_what_was_done_is_told() -> None:
    assert (
        "x has shape (2, 30) and 30 labels, so its points stand in columns; it is turned"
        in (wv.load_data((X.T, Y)).notes[0])
    )
    assert "y is one-hot; its 3 columns are the classes" in wv.load_data((X, ONE_HOT)).notes[0]
    assert wv.load_data((X, Y)).notes == (
        "data: the labels are 3 different whole numbers, so they are classes; --regression makes "
        "them targets.",
    )
    told = wv.load_data((X.reshape(30, 1, 2), Y)).notes[0]
    assert "each point of shape (1, 2) is taken as a row of numbers" in told


@pytest.mark.parametrize("name", ["iris", "wine", "diabetes"])
@pytest.mark.parametrize("as_frame", [False, True])
def test_bunches(name: str, as_frame: bool) -> None:
    theirs = getattr(datasets, f"load_{name}")(as_frame=as_frame)
    data = wv.load_data(theirs)
    np.testing.assert_array_equal(data.x, np.asarray(theirs.data))
    assert list(data.feature_names) == list(theirs.feature_names)
    if name == "diabetes":
        np.testing.assert_array_equal(data.targets, np.asarray(theirs.target))
    else:
        np.testing.assert_array_equal(data.y, np.asarray(theirs.target))
        assert list(data.class_names) == list(map(str, theirs.target_names))
    assert wv.load_data((theirs.data, theirs.target)).x.shape == data.x.shape


def test_data_sets_of_pytorch() -> None:
    data = wv.load_data(Pairs())
    np.testing.assert_array_equal(data.x, X)
    assert data.class_names == ("cat", "dog", "eel") and data.y.tolist() == Y.tolist()
    part = wv.load_data(Subset(Pairs(), [0, 1, 3, 4]))
    assert part.class_names == ("cat", "dog", "eel") and part.y.tolist() == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ((X, Y[:7]), "a label for each of 30 points, got 7"),
        ((X[:, 0], Y), r"expects x of shape \(N, D\), N points of D features, got \(30,\)"),
        ((X, ONE_HOT * 2), r"y of shape \(N,\), or one-hot rows"),
        ((X, np.ones((30, 3), dtype=int)), r"y of shape \(N,\), or one-hot rows"),
        ({"z": X}, r"expects arrays x and y, got \['z'\]; call the points x"),
        ({"x": X, "labls": "ab"}, r"expects arrays x and y, got \['labls', 'x'\]; call the points"),
        (({"a": object()}, Y), "expects"),
        ((np.full((30, 2), np.nan), Y), "missing value in every row"),
        ((np.where(X > 1, np.nan, X), np.where(Y > 1, 0, Y)), "drop_missing"),
        (np.zeros((3, 2)), r"arrays x and y make a Dataset\(x, y\)"),
        (7, "expects a name, a path, a frame"),
        (TensorDataset(torch.tensor(X)), r"expects pairs \(x, y\)"),
    ],
    ids=lambda case: case if isinstance(case, str) else type(case).__name__,
)  # fmt: skip
def test_what_does_not_belong_together_is_told(held: Any, told: str) -> None:
    with pytest.raises(WarpvizError, match=told):
        wv.load_data(held)


@pytest.mark.parametrize("held", [(X, Y), {"x": X, "y": Y}, TENSORS], ids=["pair", "dict", "set"])
@pytest.mark.parametrize("asked", [{"label": "first"}, {"features": ("a",)}, {"encoding": "gbk"}])
def test_arrays_have_no_columns_to_choose(held: Any, asked: dict[str, Any]) -> None:
    with pytest.raises(WarpvizError, match="has no columns to choose from"):
        wv.load_data(held, **asked)


def test_points_alone_have_no_labels() -> None:
    data = wv.load_data({"x": X})
    assert repr(data) == "<Dataset data: 30 points, 2 features, no labels>"
    assert not data.labelled and (data.x == X).all() and (data.y == 0).all()


def test_data_sets_tell_that_points_stand_in_columns() -> None:
    for call in (wv.Dataset, lambda x, y: wv.animate(wv.mlp([2, 3, 3]), x, y)):
        with pytest.raises(WarpvizError, match=r"its points stand in columns; give x\.T\."):
            call(X.T, Y)
