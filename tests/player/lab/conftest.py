"""The page's modules in a folder, and a page that is open, once for all tests of the laboratory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import warpviz as wv
from tests.player.lab.laboratory import CHAIN, DATA, Laboratory
from tests.player.modules import write_modules


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the page's modules."""
    return write_modules(tmp_path_factory.mktemp("modules"))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of a laboratory of `CHAIN` on `DATA`."""
    return wv.lab(CHAIN, DATA).save(tmp_path_factory.mktemp("lab") / "lab.html").as_uri()


@pytest.fixture(scope="session")
def opened(chromium: Any, address: str) -> Iterator[Laboratory]:
    """Its page."""
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, accept_downloads=True, bypass_csp=False
    )
    yield Laboratory(context.new_page(), address)
    context.close()


@pytest.fixture
def lab(opened: Laboratory) -> Iterator[Laboratory]:
    """The page, opened anew, on whose console nothing may be told."""
    opened.page.set_viewport_size({"width": 1440, "height": 900})
    opened.open()
    opened.trouble.clear()
    yield opened
    assert not opened.trouble
