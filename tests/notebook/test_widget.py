"""A film in a notebook: its traits are true on both sides."""

import builtins
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.notebook.conftest import CHAIN, vars_of
from tests.player.modules import node
from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.film.training import animate_training
from warpviz.notebook.widget import widget
from warpviz.training import train


def test_traits_begin_as_the_film_or_as_one_says(film: Animation) -> None:
    plain = widget(film)
    still = {"yaw": 0, "pitch": 0, "zoom": 1, "panX": 0, "panY": 0}
    assert (plain.step, plain.playing, plain.speed, plain.theme) == (0, False, 1, "dark")
    assert (plain.view, plain.probes) == (still, [])
    given = widget(
        film, step=1.5, playing=True, speed=2, theme="light", view={"yaw": 1}, probes=[(0.5, -1)]
    )
    assert (given.step, given.playing, given.speed, given.theme) == (1.5, True, 2, "light")
    assert (given.view, given.probes) == ({**still, "yaw": 1}, [(0.5, -1)])
    assert widget(film, probes=np.array([[0.5, -1]])).probes == [(0.5, -1)]
    followed = animate(CHAIN, make_data("rings", n=60), trail=[(0.5, -0.5)], size=(320, 240))
    assert widget(followed).probes == [(0.5, -0.5)]
    words = {None: "seen", True: "seen", False: "0"}
    assert [vars_of(widget(film, playing=one))["_autoplay"] for one in words] == [*words.values()]
    assert vars_of(plain)["_page"] == film.to_html()


def test_they_are_observed(film: Animation) -> None:
    made, seen = widget(film), list[Any]()
    made.observe(lambda change: seen.append((change["name"], change["new"])), ["step", "playing"])
    made.step = 3
    made.playing = True
    made.step = 3.0
    assert seen == [("step", 3.0), ("playing", True)]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("step", 3.5, "step expects a place from 0 to 3, the film's stops, got 3.5"),
        ("step", float("nan"), "step expects a place from 0 to 3"),
        ("speed", 0, "speed expects a number above 0, got 0"),
        ("theme", "drak", "Unknown theme 'drak'; did you mean 'dark'?"),
        ("view", {"yow": 1}, "Unknown part of a view 'yow'; did you mean 'yaw'?"),
        ("view", {"zoom": 0}, "view expects a number for zoom, got 0"),
        ("probes", [(1, 2, 3)], r"probes expect points of 2 numbers, got \(1, 2, 3\)"),
        ("probes", [("a", 1)], r"probes expect points of 2 numbers, got \('a', 1\)"),
        ("probes", [(0, 0)] * 9, "probes expect 8 points at most, got 9"),
    ],
)
def test_what_a_film_cannot_take_is_refused(
    film: Animation, name: str, value: Any, said: str
) -> None:
    made: Any = widget(film)
    before = getattr(made, name)
    with pytest.raises(WarpvizError, match=said):
        setattr(made, name, value)
    assert getattr(made, name) == before
    with pytest.raises(WarpvizError, match=f"{said}|widget expects {name}"):
        widget(film, **{name: value})


def test_films_without_a_network_take_no_probes() -> None:
    x, y = make_data("rings", n=20).x, make_data("rings", n=20).y
    with pytest.raises(WarpvizError, match="this one shows states alone"):
        widget(animate([x, 2 * x], y, size=(320, 240)), probes=[(0, 0)])


def test_a_film_of_training_takes_the_probes_that_its_page_drops() -> None:
    data = make_data("rings", n=20)
    film = animate_training(train(CHAIN, data, epochs=3), data, fps=4.0, seconds=0.5)
    assert widget(film, probes=[(0.5, -1)]).probes == [(0.5, -1)]
    with pytest.raises(WarpvizError, match="probes expect points of 2 numbers"):
        widget(film, probes=[(0, 0, 0)])


def test_a_large_film_and_a_missing_anywidget_are_told(
    film: Animation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from warpviz.notebook import traits

    with monkeypatch.context() as less:
        less.setattr(traits, "MOST", 1000)
        with pytest.raises(
            WarpvizError, match=r"widget expects a player of at most 0 MB, got 0 MB"
        ):
            widget(film)
    imported = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "warpviz.notebook.traits":
            raise ImportError(name)
        return imported(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(WarpvizError, match=r"pip install 'warpviz\[notebook\]'"):
        widget(film)
    with pytest.raises(WarpvizError, match="film"):
        widget(CHAIN)  # type: ignore[call-overload]


def test_where_no_widget_lives_the_poster_stands(film: Animation) -> None:
    made: Any = widget(film)
    data = made._repr_mimebundle_()
    data = data[0] if isinstance(data, tuple) else data
    assert data["image/png"].startswith("iVBOR") and data["text/plain"] == repr(film)
    model = data["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert model == made.model_id
    made.close()
    assert made._repr_mimebundle_ is None


def test_what_the_page_said_before_it_heard_python_undoes_nothing(film: Animation) -> None:
    made: Any = widget(film)
    made.step = 1.5
    made.set_state({"step": 0.9, "theme": "light", "_heard": {"theme": 0}})  # while the cell ran
    assert (made.step, made.theme, vars_of(made)["_asked"]["step"]) == (1.5, "light", 1)
    # Words of different age may come together: each is as old as itself.
    made.set_state({"step": 0.95, "probes": [[0, 1]], "_heard": {"step": 0, "probes": 0}})
    assert (made.step, made.probes) == (1.5, [(0, 1)])
    made.set_state({"step": 2, "_heard": {"step": 1}})
    made.set_state({"step": 2.5})
    assert (made.step, vars_of(made)["_asked"]["step"]) == (2.5, 1)
    # What Python does when it hears of it is Python's word.
    made.observe(lambda change: setattr(made, "step", float(round(change["new"]))), "step")
    made.set_state({"step": 1.2, "_heard": {"step": 1}})
    assert (made.step, vars_of(made)["_asked"]["step"]) == (1, 2)


VIEWS = Path(__file__).with_name("views.mjs").read_text(encoding="utf-8")


def test_views_of_one_film_agree(tmp_path: Path) -> None:
    """What stands between model and page, with pages that are played by hand."""
    source = (files("warpviz.notebook") / "widget.js").read_text(encoding="utf-8")
    (tmp_path / "widget.mjs").write_text(source, encoding="utf-8")
    assert node(VIEWS, tmp_path) == "done"
