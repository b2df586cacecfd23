"""Films as commands build them, and the picture without any flag."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.films.looked_at import SMALL, still
from warpviz.arrays import Pixels
from warpviz.cli import main
from warpviz.film import build
from warpviz.film.reel.animation import Animation


@pytest.fixture(scope="session")
def plain(model_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Pixels:
    """The picture without any flag of the look."""
    path = tmp_path_factory.mktemp("plain") / "plain.png"
    assert main(f"render --model {model_file} {SMALL} --quiet -o {path}".split()) == 0
    return still(path)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[Animation]:
    """The films that are built, as the library returns them."""
    films: list[Animation] = []

    def recorder(original: Callable[..., Animation]) -> Callable[..., Animation]:
        def recording(*args: object, **options: object) -> Animation:
            films.append(original(*args, **options))
            return films[-1]

        return recording

    for name in ("animate", "compare"):
        monkeypatch.setattr(build, name, recorder(getattr(build, name)))
    return films
