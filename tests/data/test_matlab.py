"""Files of MATLAB, by scipy's writer and, where it has one, beside its reader."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.io  # type: ignore[import-untyped]

import warpviz as wv
from warpviz.data.matlab import read_matlab
from warpviz.errors import WarpvizError

RNG = np.random.default_rng(0)
ARRAYS: dict[str, Any] = {
    "double": RNG.normal(size=(5, 3)),
    "single": RNG.normal(size=(4, 2)).astype(np.float32),
    "bytes": RNG.integers(0, 255, (3, 3)).astype(np.uint8),
    "small": np.array([[1, -2]], dtype=np.int16),
    "long": np.array([[2**40, -1]], dtype=np.int64),
    "truth": np.array([[True, False, True]]),
    "pictures": RNG.normal(size=(4, 3, 2)),
    "number": 3.5,
    "empty": np.zeros((0, 2)),
    "n": np.arange(3),
}


@pytest.mark.parametrize("packed", [False, True])
def test_arrays_are_as_scipy_reads_them(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.mat"
    scipy.io.savemat(path, ARRAYS, do_compression=packed)
    found, theirs = read_matlab(path), scipy.io.loadmat(path)
    assert sorted(found) == sorted(ARRAYS)
    for name, array in found.items():
        np.testing.assert_array_equal(array, theirs[name])
        assert array.shape == theirs[name].shape


def test_words_and_what_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.mat"
    words = np.array(["cat", "köter", "", "猫"], dtype=object)
    others = {"struct": {"a": 1.0}, "z": np.array([[1j]]), "m": np.array(["a", 1.0], dtype=object)}
    scipy.io.savemat(path, {"cells": words, "rows": np.array(["ab", "c"]), **others})
    found = read_matlab(path)
    assert found["cells"].tolist() == words.tolist() and found["rows"].tolist() == ["ab", "c"]
    assert set(others).isdisjoint(found)


def test_files_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.mat"
    for content, told in (
        (b"", "its header is not MATLAB's"),
        (b"MATLAB 5.0 no", "its header is not MATLAB's"),
        (b"MATLAB 7.3 MAT-file".ljust(512), "version 7.3; save it with save"),
        (b" " * 126 + b"IM" + b"\x0e\0\0\0\xff\xff\0\0", "cut short, or damaged"),
    ):
        path.write_bytes(content)
        with pytest.raises(WarpvizError, match=told):
            wv.load_data(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.mat"
    scipy.io.savemat(path, {"x": np.zeros((1000, 100))}, do_compression=True)
    assert path.stat().st_size < 3000
    monkeypatch.setattr("warpviz.data.matlab.LARGEST", 10_000)
    with pytest.raises(WarpvizError, match="it holds more than 256 MB"):
        read_matlab(path)


def test_damaged_files_end_in_a_sentence(tmp_path: Path) -> None:
    """Where scipy's reader ends the process."""
    path = tmp_path / "a.mat"
    words = np.array(["cat", "dog", "cat"], dtype=object)
    scipy.io.savemat(path, {"x": RNG.normal(size=(3, 2)), "y": words})
    whole, rng = path.read_bytes(), random.Random(0)
    told = 0
    for _ in range(600):
        damaged = bytearray(whole)
        for _ in range(rng.choice((1, 1, 3))):
            damaged[rng.randrange(120, len(damaged))] = rng.randrange(256)
        path.write_bytes(damaged[: rng.choice((len(damaged), rng.randrange(len(damaged))))])
        try:
            read_matlab(path)
        except WarpvizError as error:
            told += str(error).endswith(".")
    assert 200 < told < 600
