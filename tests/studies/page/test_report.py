"""The report in a browser: figures, links, players, nothing asked for from outside."""

import re
from pathlib import Path
from typing import Any

import pytest

from warpviz.studies.making import study
from warpviz.studies.page.choice import mapped, measured, to_be_played, two_of, worst_of
from warpviz.studies.page.command import command_of
from warpviz.studies.studied import Study


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Study:
    given = {"activation": ["relu", "z"], "layers": [[2]], "seeds": [0, 1, 2],
             "epochs": 40, "times": [0, 40], "points": 60}  # fmt: skip
    return study(given, tmp_path_factory.mktemp("study") / "s.parquet")


@pytest.fixture(scope="module")
def page(small: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.report(tmp_path_factory.mktemp("report") / "report.html")


@pytest.mark.slow
def test_a_dot_opens_its_player_and_nothing_is_asked_for(page: Path, chromium: Any) -> None:
    asked: list[str] = []
    wrong: list[str] = []
    view = chromium.new_page(viewport={"width": 390, "height": 844})
    view.on("request", lambda request: asked.append(request.url))
    view.on("pageerror", lambda error: wrong.append(str(error)))
    view.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    view.goto(page.as_uri())
    assert view.evaluate("document.documentElement.scrollWidth") <= 390
    assert view.locator("iframe:visible").count() == 1  # the median and the worst
    dot = view.locator("svg a:visible").first
    run = dot.get_attribute("xlink:href").removeprefix("#run-")
    view.evaluate("run => { location.hash = `run-${run}`; }", run)
    frame = view.locator(f"#run-{run} iframe")
    assert frame.is_visible()
    inside = frame.element_handle().content_frame()
    inside.wait_for_function("globalThis.warpviz && warpviz.state().stops === 4")
    assert not wrong and not [url for url in asked if not url.startswith(("file:", "data:"))]
    view.close()


@pytest.mark.slow
def test_it_is_the_same_page_again_and_holds_the_numbers_of_its_figures(
    small: Study, page: Path
) -> None:
    from base64 import b64decode

    text = page.read_text(encoding="utf-8")
    assert small.report(page.with_name("again.html")).read_text(encoding="utf-8") == text
    tables = dict(re.findall(r'download="([^"]*)" href="data:text/csv[^,]*,([^"]*)"', text))
    solved = b64decode(tables["solved-.csv"]).decode()
    assert solved.splitlines()[0] == "panel,group,activation,middle,low,high,networks"
    assert "<script" not in re.sub(r'srcdoc="[^"]*"', "", text)


def test_the_command_makes_the_same_grid(small: Study) -> None:
    from shlex import split

    from warpviz.cli.verbs import parser_of
    from warpviz.studies.grid import Grid

    words = split(command_of(small.grid))
    args = parser_of("study").read(words[2:])
    assert Grid.of(vars(args)) == small.grid


def test_few_networks_are_all_played_and_of_many_the_ends_of_each_shape() -> None:
    pd = pytest.importorskip("pandas")
    runs = pd.DataFrame(
        [
            {"run": 50 * k + j, "data": "rings", "layers": "4", "activation": name, "seed": j,
             "loss": abs(j - 30) * (k + 1.0)}
            for k, name in enumerate(("relu", "tanh"))
            for j in range(50)
        ]
    )  # fmt: skip
    assert to_be_played(runs[:20]) == list(range(20))
    chosen = to_be_played(runs)
    assert {0, 30, 50, 80} <= {*chosen} and len(chosen) == 6
    two = worst_of(runs)
    assert two is not None and (two.title, two.worst) == ("tanh 4, rings", 50)
    below = (runs.loss[50:] < runs.loss[two.median]).sum()
    assert 20 <= below <= 25
    assert [title for title, _ in mapped(runs)] == ["relu 4, rings", "tanh 4, rings"]
    assert all(len(chosen) == 10 for _, chosen in mapped(runs))


def test_measures_that_say_most_are_drawn_first_and_dots_lie_apart() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {"rank_0": [0.5, 0.25], "log_area": [1.0, 2.0], "probe_accuracy": [0.9, 1.0],
         "collapsed": [0.0, 0.0], "fuzziness": [3.0, 0.1], "betti_0": [[1, 1], [2, 1]]}
    )  # fmt: skip
    assert measured(frame, list(frame)) == ["probe_accuracy", "fuzziness", "log_area", "rank_0"]
    assert two_of(frame, measured(frame, list(frame))) == ("log_area", "fuzziness")
    assert two_of(frame[["collapsed", "rank_0"]], ["rank_0"]) is None
