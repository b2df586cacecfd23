"""The player's modules for node, letters that both sides measure alike, folders on an address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hosts.watching import serving
from tests.player.laid_down import wide
from tests.player.modules import write_modules
from warpviz.picture import axes, paint
from warpviz.picture.marks import overlay, triad
from warpviz.picture.words import text


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_modules(tmp_path_factory.mktemp("modules"))


@pytest.fixture
def same_letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    text.shortened.cache_clear()
    for place in (axes, triad, overlay, text, paint):
        monkeypatch.setattr(place, "text_width", wide)
    yield
    text.shortened.cache_clear()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The folder on a local address: a deck and its frames must be of one origin to be tested."""
    with serving(tmp_path) as address:
        yield address
