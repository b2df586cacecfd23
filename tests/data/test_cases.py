"""Small files of the kinds that people have, each with its right answer; they stand in `cases`."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

import warpviz as wv
from warpviz.errors import WarpvizError

CASES = Path(__file__).parent / "cases"
PETS = [[-0.6, 0.4], [0.7, -0.3], [-0.2, 0.7], [0.3, -0.6]]
FOUR = [[0.1, 0.2], [0.9, 0.8], [0.2, 0.1], [0.8, 0.9]]


class Right(NamedTuple):
    x: list[list[float]]
    classes: tuple[str, ...]
    y: list[int]
    features: tuple[str, ...] = ("x", "y")
    says: tuple[str, ...] = ()
    asked: dict[str, Any] = {}  # noqa: RUF012


READ = {
    "comments.csv": Right(PETS, ("cat", "dog"), [0, 1, 0, 1], ("height", "weight")),
    "cyrillic_cp1251.csv": Right(
        FOUR, ("кот", "пёс"), [0, 1, 0, 1], says=("read as cp1251 (a guess); --encoding",)
    ),
    "r_row_names.txt": Right(
        FOUR, ("a", "b"), [0, 1, 0, 1], says=("column 1 numbers the rows and is left out",)
    ),
    "savetxt.txt": Right(FOUR, ("0", "1"), [0, 1, 0, 1], (), ("--regression makes them targets",)),
    "trailing_comma.csv": Right(FOUR, ("a", "b"), [0, 1, 0, 1]),
    "true_false.csv": Right(
        [[0.1, 1], [0.9, 0], [0.2, 1], [0.8, 0]], ("a", "b"), [0, 1, 0, 1], ("x", "member")
    ),
    "one_point_zero.csv": Right(
        [[0.1, 0.2], [0.3, 0.1], [0.9, 0.8], [0.7, 0.9]], ("0", "1"), [1, 1, 0, 0],
        says=("2 different whole numbers, so they are classes",),
    ),
    "year_header.csv": Right(
        [[1.5, 2.5], [2.5, 1.0], [1.0, 3.0], [0.5, 1.0]], ("no", "yes"), [1, 0, 1, 0],
        ("2017", "2018"), ("line 1, '2017, 2018, grew', is taken as the columns' names",),
    ),
    "missing_marks.csv": Right(
        [[0.1, 0.2], [0.3, 0.3], [0.7, 0.6]], ("a", "b"), [0, 0, 1], asked={"drop_missing": True}
    ),
    "label_first.csv": Right(
        [[0.31, 0.92], [0.17, -0.1], [0.04, 0.05], [0.61, 0.92], [0.22, 0.11], [0.48, 0.77]],
        ("0", "1"), [0, 1, 1, 0, 1, 0], (), asked={"label": 1},
    ),
    "xor4.csv": Right([[0, 0], [0, 1], [1, 0], [1, 1]], ("0", "1"), [0, 1, 1, 0], ("a", "b")),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_they_are_read(name: str) -> None:
    right = READ[name]
    data = wv.load_data(CASES / name, **right.asked)
    assert data.x.tolist() == right.x and data.y.tolist() == right.y
    assert data.class_names == right.classes and data.feature_names == right.features
    for words in right.says:
        assert any(words in note for note in data.notes), data.notes


def test_a_column_that_counts_the_rows_is_left_out() -> None:
    data = wv.load_data(CASES / "index_column.csv")
    assert data.x.shape == (100, 2) and data.feature_names == ("x", "y")
    assert data.notes == (
        f"Data file '{CASES / 'index_column.csv'}': column 1 numbers the rows and is left out; "
        "--features takes it in.",
    )
    taken = wv.load_data(CASES / "index_column.csv", features=("1", "x", "y"))
    assert taken.x.shape == (100, 3) and taken.x[:, 0].tolist() == list(range(100))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missing_marks.csv", r"in 3 lines \(3, 4, 5; column 'x', column 'y'\).*--drop-missing"),
        ("label_first.csv", r"open which column has the labels: column 1 has 2 different whole "
         r"numbers.*choose with --label 1 or --label 3\.$"),
    ],
)  # fmt: skip
def test_they_are_asked_back(name: str, told: str) -> None:
    with pytest.raises(WarpvizError, match=told):
        wv.load_data(CASES / name)
