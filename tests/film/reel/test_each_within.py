"""Several files within a size: each by itself."""

from pathlib import Path
from typing import Any

import pytest

from warpviz.errors import WarpvizError
from warpviz.film.reel import budget


def test_what_cannot_be_small_is_told_after_all_others_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def within(film: Any, path: Path, most: int) -> str:
        if path.stem.startswith("large"):
            raise WarpvizError(f"{path} of {film} in {most}.")
        return path.name

    monkeypatch.setattr(budget, "within", within)
    film: Any = "film"
    names = ["a.gif", "large.gif", "b.gif", "larger.gif", "c.gif"]
    writes: Any = budget.each_within(film, [Path(name) for name in names], 9)
    assert [next(writes) for _ in range(3)] == ["a.gif", "b.gif", "c.gif"]
    with pytest.raises(WarpvizError, match=r"^large.gif of film in 9\. larger.gif of film in 9\.$"):
        next(writes)
    one: Any = budget.each_within(film, [Path("a.gif")], 9)
    assert list(one) == ["a.gif"]
