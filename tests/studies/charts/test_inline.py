import re
from typing import Any

from warpviz.studies.charts.inline import inline


def figure() -> Any:
    from matplotlib.figure import Figure

    made = Figure((2, 2))
    axes = made.subplots()
    axes.plot([0, 1], [0, 1], "o")
    return made


def test_two_figures_of_a_page_share_no_name_and_lack_none_that_they_use() -> None:
    first, second = inline(figure, "a"), inline(figure, "b")
    names = [re.findall(r' id="([^"]*)"', text) for text in (first, second)]
    assert names[0] and not {*names[0]} & {*names[1]}
    for text, own in zip((first, second), names, strict=True):
        used = re.findall(r"""(?:url\(|href=")#([^")]+)""", text)
        assert used and {*used} == {*own} and len(own) == len({*own})
    assert "metadata" not in first and first == inline(figure, "a")
