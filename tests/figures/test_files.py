from pathlib import Path

import pytest

from warpviz.errors import WarpvizError
from warpviz.figures.files import FIGURES, check_plot, figure_format


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png", ".SVG"])
def test_no_still_carries_the_time(suffix: str, tmp_path: Path) -> None:
    style = figure_format(tmp_path / f"a{suffix}")
    assert style is FIGURES[suffix.lower()] and style["format"] == suffix.lower()[1:]
    assert not {"Date", "CreationDate"} & {k for k, v in style["metadata"].items() if v}
    assert check_plot(tmp_path / f"a{suffix}") == tmp_path / f"a{suffix}"


def test_other_suffixes_are_refused_by_name() -> None:
    with pytest.raises(WarpvizError, match=r"suffix is one of \.svg, \.pdf, \.png, got '\.gif'"):
        figure_format("a.gif")
    with pytest.raises(WarpvizError, match=r"written as \.svg, \.pdf, \.png, got 'a\.gif'"):
        check_plot("a.gif")
    with pytest.raises(WarpvizError, match="does not exist"):
        check_plot("nowhere/a.svg")
