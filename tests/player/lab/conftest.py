"""The page's modules in a folder, once for all tests of the laboratory."""

from pathlib import Path

import pytest

from tests.player.modules import write_modules


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the page's modules."""
    return write_modules(tmp_path_factory.mktemp("modules"))
