"""The LZW of a frame against Pillow's own files, and the smallest film by hand."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from warpviz.output.gif_container import TRAILER, compress, header, image, sub_blocks


@pytest.mark.parametrize("shape", [(1, 1), (7, 300), (480, 640), (1500, 2100)])
def test_codes_are_those_of_a_saved_image(shape: tuple[int, int]) -> None:
    indices = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    indices[shape[0] // 2 :] //= 100
    file = BytesIO()
    Image.fromarray(indices).save(file, "GIF", optimize=False, interlace=0)
    assert file.getvalue().endswith(b"\x08" + compress(indices) + b";")


def test_indices_are_not_renumbered() -> None:
    palette = np.arange(765, dtype=np.uint8).reshape(255, 3)
    indices = np.array([[254, 3], [200, 254]], dtype=np.uint8)
    data = header((2, 2), palette, 0, "") + image(indices, (0, 0), 5, transparent=False) + TRAILER
    with Image.open(BytesIO(data)) as film:
        np.testing.assert_array_equal(np.asarray(film.convert("RGB")), palette[indices])


def test_long_data_is_cut_into_blocks_of_255() -> None:
    data = bytes(range(256)) * 2
    blocks = sub_blocks(data)
    assert blocks[0] == 255 and blocks[256] == 255 and blocks[512] == 2 and blocks[-1] == 0
    assert blocks[1:256] + blocks[257:512] + blocks[513:515] == data
