"""The page with a slider for t, in a real browser."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.curves.page import save_page
from warpviz.errors import WarpvizError


def points(path: str) -> np.ndarray:
    """(M, 2) what an SVG path of lines goes through."""
    words = path.replace("M", " ").replace("L", " ").split()
    return np.array(words, dtype=float).reshape(-1, 2)


@pytest.mark.slow
def test_the_slider_bends_the_line_and_shows_the_fold(page: Any, tmp_path: Path) -> None:
    file = save_page(["gelu", "tanh", "z**2"], tmp_path / "curves.html")
    page.goto(f"{file.as_uri()}#t=0.5")
    assert page.inner_text("#now") == "t = 0.500"

    def curve(number: int, kind: str) -> np.ndarray:
        lines = "all => all.map(p => p.getAttribute('d'))"
        parts = page.eval_on_selector_all(f"path.{kind}:not(.end)", lines)
        return points(parts[number])

    def at(t: float) -> None:
        page.evaluate(
            "t => { const s = document.getElementById('time'); s.value = t;"
            "s.dispatchEvent(new Event('input')); }",
            t,
        )

    def checked(t: float) -> None:
        x, y = curve(0, "f").T
        z = x / 125.0 - 4.0
        top = y + 125.0 * ((1 - t) * z + t * wv.ACTIVATIONS["gelu"].f(z))
        np.testing.assert_allclose(top, top[0], atol=0.2)

    checked(0.5)
    at(0.88)
    assert not len(curve(0, "folded")) and len(curve(2, "folded"))
    at(0.9)
    checked(0.9)
    folded = curve(0, "folded")[:, 0] / 125.0 - 4.0
    slope = 0.1 + 0.9 * wv.ACTIVATIONS["gelu"].derivative(folded)
    assert len(folded) and slope.max() < 0.01
    assert not len(curve(1, "folded"))
    marks = page.eval_on_selector_all("#rail i", "all => all.map(i => i.title)")
    assert marks == ["gelu: z·Φ(z): from t = 0.886", "z**2: from t = 0.000"]
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.click("#play")
    # The page allows no strings to be run, which waiting for a condition in it would do.
    for _ in range(200):
        if page.inner_text("#now") != "t = 0.900":
            break
        page.wait_for_timeout(50)
    assert page.inner_text("#now") != "t = 0.900"


@pytest.mark.slow
def test_no_number_of_the_axis_is_cut_at_an_edge(page: Any, tmp_path: Path) -> None:
    page.goto(save_page(["relu"], tmp_path / "curves.html").as_uri())
    words = "all => all.map(t => [t.textContent, t.getBBox().x, t.getBBox().x + t.getBBox().width])"
    told = page.eval_on_selector_all("svg text", words)
    assert [word for word, *_ in told] == ["\u22122", "2"]
    assert all(left > 0 and right < 1000 for _, left, right in told)


@pytest.mark.slow
def test_few_panels_grow_to_the_window_and_many_stay_readable(page: Any, tmp_path: Path) -> None:
    boxes = (
        "all => all.map(s => { const b = s.getBoundingClientRect(); return [b.width, b.bottom]; })"
    )

    def shown(names: list[str], width: int, height: int) -> tuple[float, float]:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(save_page(names, tmp_path / "curves.html").as_uri())
        told = np.array(page.eval_on_selector_all("svg", boxes))
        assert page.evaluate("document.documentElement.scrollWidth") == width
        foot = page.evaluate("document.querySelector('footer').getBoundingClientRect().top")
        return float(told[:, 0].min()), float(told[:, 1].max() - foot)

    before = page.viewport_size
    wide, over = shown(["relu", "gelu"], 900, 760)
    assert wide > 0.45 * 900 and over < 0
    wide, over = shown(["relu"], 900, 760)
    assert wide > 0.8 * 900 and over < 0
    assert shown(["relu", "gelu"], 390, 844)[0] > 0.9 * 390
    wide, over = shown(list(wv.ACTIVATIONS)[:12], 900, 760)
    assert wide >= 270 and over > 0
    page.set_viewport_size(before)


def test_nothing_in_a_name_ends_the_script(tmp_path: Path) -> None:
    record = wv.ActivationFunction("odd", formula="z", caption="</script><b>{z}")
    text = save_page([record], tmp_path / "a.html").read_text(encoding="utf-8")
    assert text.count("</script>") == 1 and "<\\/script>" in text
    with pytest.raises(WarpvizError, match="did you mean 'dark'"):
        save_page(["relu"], tmp_path / "b.html", theme_name="darc")
