"""A PNG read back: pixels and words."""

from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest
from PIL import Image

from warpviz.output.png import write_png
from warpviz.picture.frame import Frame


def test_pixels_and_words_come_back(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (13, 17, 3), dtype=np.uint8)
    path = tmp_path / "a.png"
    words = {"Description": "A sheet × a fold, 折り紙.", "Title": "relu"}
    written = write_png(Frame(pixels, 5), path, text=words)
    assert (written.path, written.frames, written.seconds) == (path, 1, 0.0)
    assert written.bytes == path.stat().st_size
    np.testing.assert_array_equal(iio.imread(path), pixels)
    with Image.open(path) as picture:
        assert picture.info == words


def test_no_words_and_an_earlier_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    frame = Frame(np.zeros((2, 2, 3), dtype=np.uint8), 5)
    write_png(frame, path)
    earlier = path.read_bytes()

    def interrupted(self: Path, data: bytes) -> None:
        with self.open("wb") as file:
            file.write(data[:9])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_png(Frame(np.ones((2, 2, 3), dtype=np.uint8), 5), path)
    assert path.read_bytes() == earlier and list(tmp_path.iterdir()) == [path]
