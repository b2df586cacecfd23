import pytest

from warpviz.errors import WarpvizError
from warpviz.sizes import size_of


@pytest.mark.parametrize("text", ["640x480", "640X480", "640×480", " 640 x 480 "])
def test_width_comes_first(text: str) -> None:
    assert size_of(text) == (640, 480)


@pytest.mark.parametrize("text", ["", "640", "640x480x3", "ax3", "640x4.5", "large" * 99])
def test_what_is_no_size_is_told_shortly(text: str) -> None:
    with pytest.raises(WarpvizError, match="size expects pixels such as 640x480, got") as caught:
        size_of(text)
    assert len(str(caught.value)) < 100
