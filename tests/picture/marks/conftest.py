"""Letters that are all as wide."""

import pytest

from tests.player.laid_down import wide
from warpviz.picture import axes
from warpviz.picture.marks import followed, overlay, triad


@pytest.fixture
def even_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every letter is 0.6 of its size wide."""
    for place in (axes, overlay, triad, followed):
        monkeypatch.setattr(place, "text_width", wide)
