"""Pictures read back, by imageio and by ffmpeg: pixels and words."""

import subprocess
from pathlib import Path
from typing import Any

import imageio.v3 as iio
import numpy as np
import pytest
from PIL import Image

from tests.output.decoders import need
from tests.output.moving import psnr
from warpviz.errors import WarpvizError
from warpviz.output.stills import STILLS, check_still, write_still
from warpviz.picture.frame import Frame

WORDS = {"Title": "relu", "Description": "A sheet × a fold, 折り紙."}
Image.init()
WRITTEN = [suffix for suffix, still in STILLS.items() if still.name in Image.SAVE]
"""Old releases of Pillow have no AVIF."""
EXACT = {".png", ".tif", ".tiff", ".bmp"}


def soft_picture() -> Frame:
    y, x = np.mgrid[:48, :64]
    pixels = np.stack([60 + 2 * x, 40 + 3 * y, 90 + x + y], axis=-1).astype(np.uint8)
    pixels[20:24, 10:50] = (240, 150, 60)  # a coloured line, as creases are
    return Frame(pixels, 5)


@pytest.mark.parametrize("suffix", WRITTEN)
def test_pixels_come_back(suffix: str, tmp_path: Path) -> None:
    frame, path = soft_picture(), tmp_path / f"a{suffix.upper()}"
    written = write_still(frame, path, text=WORDS)
    assert (written.path, written.frames, written.seconds) == (path, 1, 0.0)
    assert written.bytes == path.stat().st_size
    read = iio.imread(path, plugin="pillow")
    if suffix in EXACT:
        np.testing.assert_array_equal(read, frame.pixels)
    else:
        # Colours in full resolution: with half of it the line's sides would be below 30.
        assert psnr(read, frame.pixels) > 38
    again = tmp_path / f"b{suffix}"
    assert write_still(frame, again, text=WORDS).bytes == written.bytes
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("suffix", [".jpg", ".tiff", ".bmp", ".png"])
def test_another_decoder_sees_the_same(suffix: str, tmp_path: Path) -> None:
    need("ffmpeg")
    frame, path = soft_picture(), tmp_path / f"a{suffix}"
    write_still(frame, path)
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    assert psnr(np.frombuffer(raw, dtype=np.uint8).reshape(frame.pixels.shape), frame.pixels) > 35


def test_words_come_back(tmp_path: Path) -> None:
    for suffix in WRITTEN:
        write_still(soft_picture(), path := tmp_path / f"a{suffix}", text=WORDS)
        with Image.open(path) as picture:
            if suffix == ".png":
                assert picture.info == WORDS
            elif suffix in (".jpg", ".jpeg"):
                assert picture.info["comment"].decode() == "\n".join(WORDS.values())
            elif suffix != ".bmp":  # it has no room for words
                tags: Any = getattr(picture, "tag_v2", {})
                told = (tags.get(700) or picture.info["xmp"]).decode()
                assert all(text in told for text in WORDS.values())


def test_a_missing_encoder_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_still(tmp_path / "a.png")
    monkeypatch.delitem(Image.SAVE, "AVIF", raising=False)
    monkeypatch.setattr(Image, "init", lambda: True)
    with pytest.raises(WarpvizError, match=r"needs Pillow 11\.3 .* pip install -U pillow; or"):
        check_still(tmp_path / "a.avif")


def test_an_interruption_leaves_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    frame = Frame(np.zeros((2, 2, 3), dtype=np.uint8), 5)
    write_still(frame, path)
    earlier = path.read_bytes()

    def interrupted(self: Path, data: bytes) -> None:
        with self.open("wb") as file:
            file.write(data[:9])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_still(Frame(np.ones((2, 2, 3), dtype=np.uint8), 5), path)
    assert path.read_bytes() == earlier and list(tmp_path.iterdir()) == [path]
