"""Tables as people have them."""

import csv
import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.data import load_data
from warpviz.errors import WarpvizError

ROWS = [[1.5, -2.0, "Hund, groß"], [0.25, 3e-1, "cat"], [4.0, 1.0, 'a "dog"'], [2.0, 2.5, "cat"]]
NAMES = ["height", "weight of it", "kind"]
NUMBER = st.floats(-1e6, 1e6, allow_subnormal=False)
EXPECTED = np.array([[1.5, -2.0], [0.25, 0.3], [4.0, 1.0], [2.0, 2.5]])


def written(
    path: Path, separator: str, *, head: bool, mark: bool = False, comma: bool = False
) -> None:
    """By Python's own writer, which quotes what needs it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    if head:
        writer.writerow(NAMES)
    for *numbers, kind in ROWS:
        cells = [str(number).replace(".", ",") if comma else number for number in numbers]
        writer.writerow([*cells, kind])
    path.write_text(text.getvalue(), encoding="utf-8-sig" if mark else "utf-8", newline="")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("head", [True, False])
@pytest.mark.parametrize("mark", [True, False])
def test_separators_names_and_byte_order_marks(
    separator: str, head: bool, mark: bool, tmp_path: Path
) -> None:
    path = tmp_path / ("t.tsv" if separator == "\t" else "t.csv")
    written(path, separator, head=head, mark=mark)
    data = load_data(path)
    np.testing.assert_array_equal(data.x, EXPECTED)
    assert data.class_names == ("Hund, groß", 'a "dog"', "cat")
    assert [data.class_names[label] for label in data.y] == [row[-1] for row in ROWS]


def test_decimal_commas(tmp_path: Path) -> None:
    written(tmp_path / "t.csv", ";", head=True, comma=True)
    np.testing.assert_array_equal(load_data(tmp_path / "t.csv").x, EXPECTED)


def test_spaces_and_empty_lines(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a, b , kind\n\n 1 , 2 , x \n  \n3,4,y\n\n")
    data = load_data(tmp_path / "t.csv")
    assert data.x.tolist() == [[1, 2], [3, 4]] and data.class_names == ("x", "y")


def test_columns_are_chosen_by_name(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("kind,code,a,b,c\nx,k1,1,2,3\ny,k2,4,5,6\n")
    data = load_data(tmp_path / "t.csv", label="kind", features=("c", "a"))
    assert data.x.tolist() == [[3, 1], [6, 4]] and data.class_names == ("x", "y")
    with pytest.raises(
        WarpvizError,
        match=r"line 2, column 'code' expects a number, got 'k1'; .* --features a,b,c, that of",
    ):
        load_data(tmp_path / "t.csv", label="kind")
    with pytest.raises(WarpvizError, match="did you mean 'kind'"):
        load_data(tmp_path / "t.csv", label="kinds")
    (tmp_path / "n.csv").write_text("1,2,x\n3,4,y\n")
    with pytest.raises(WarpvizError, match="no line of column names"):
        load_data(tmp_path / "n.csv", label="kind")
    with pytest.raises(WarpvizError, match="no columns to choose from"):
        load_data("rings", label="kind")


MISSING = "a,b,kind\n1,2,x\n,5,y\n3,NA,x\n6,7,\n8,9,y\n"


def test_missing_cells_are_counted_named_and_dropped_on_request(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(MISSING)
    says = "missing values in 3 lines (3, 4, 5; column 'a', column 'b', column 'kind'); fill"
    with pytest.raises(WarpvizError, match=re.escape(says)):
        load_data(tmp_path / "t.csv")
    data = load_data(tmp_path / "t.csv", drop_missing=True)
    assert data.x.tolist() == [[1, 2], [8, 9]] and data.class_names == ("x", "y")
    (tmp_path / "t.csv").write_text("a,b,c\n,1,x\n2,,y\n")
    with pytest.raises(WarpvizError, match="missing value in every line"):
        load_data(tmp_path / "t.csv", drop_missing=True)


@pytest.mark.slow
def test_many_lines(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(100_000, 2)), np.arange(100_000) % 3
    lines = "\n".join(f"{a},{b},c{c}" for (a, b), c in zip(x.tolist(), y.tolist(), strict=True))
    (tmp_path / "t.csv").write_text(lines)
    data = load_data(tmp_path / "t.csv")
    np.testing.assert_array_equal(data.x, x)
    np.testing.assert_array_equal(data.y, y)


def test_npy(tmp_path: Path) -> None:
    np.save(tmp_path / "t.npy", np.array([[1.0, 2.0, 0], [3.0, 4.0, 1]]))
    data = load_data(tmp_path / "t.npy")
    assert data.x.tolist() == [[1, 2], [3, 4]] and data.y.tolist() == [0, 1]
    np.save(tmp_path / "flat.npy", np.zeros(3))
    np.save(tmp_path / "objects.npy", np.array([None]), allow_pickle=True)
    (tmp_path / "cut.npy").write_bytes((tmp_path / "t.npy").read_bytes()[:-8])
    (tmp_path / "no.npy").write_bytes(b"")
    for name in ("flat", "objects", "cut", "no"):
        with pytest.raises(WarpvizError, match=rf"{name}\.npy' expects"):
            load_data(tmp_path / f"{name}.npy")


@settings(max_examples=25)
@given(
    numbers=st.lists(st.tuples(NUMBER, NUMBER), min_size=4, max_size=12),
    labels=st.lists(st.sampled_from(["cat", "dog, big", "köter", "1st"]), min_size=12, max_size=12),
    ways=st.sampled_from([(",", "."), (";", ","), ("\t", "."), ("|", ","), (" ", ".")]),
    names=st.booleans(),
    counted=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_pandas_writes_is_read_as_it_was(
    numbers: list[tuple[float, float]],
    labels: list[str],
    ways: tuple[str, str],
    names: bool,
    counted: bool,
    encoding: str,
) -> None:
    kinds = ["cat", "köter", *labels][: len(numbers)]
    frame = pd.DataFrame(numbers, columns=["width", "height"]).assign(kind=kinds)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        frame.to_csv(path, sep=ways[0], decimal=ways[1], header=names, index=counted,
                     encoding=encoding)  # fmt: skip
        counting = counted and (names or len(numbers) >= 5)
        data = load_data(path)
    assert data.x.shape[1] == 2 + (counted and not counting)
    np.testing.assert_array_equal(data.x[:, -2:], np.array(numbers))
    assert [data.class_names[label] for label in data.y] == kinds
    assert data.feature_names == (("width", "height") if names else ())
    assert len(data.notes) == counting
