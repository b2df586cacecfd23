"""What can be said of each stop, for one panel and for several."""

import numpy as np

from warpviz.data import make_data
from warpviz.film.build import paired
from warpviz.film.options import Options
from warpviz.film.words.teaching import lesson
from warpviz.film.words.telling import joined, told
from warpviz.model import mlp

DATA = make_data("rings", n=60)


def test_one_panel_says_its_lesson() -> None:
    plans = paired({"": mlp([2, 3, 2], "relu", seed=1)}, DATA, None, Options())
    stops, said = told(plans), lesson(plans[0].play, DATA)
    assert [stop.state for stop in stops] == [(text,) for text in said.longest_stops()]
    assert [stop.act for stop in stops] == [*((text,) for text in said.longest_acts()), ()]
    assert [len(stop.formulas) for stop in stops] == [1] * (len(stops) - 1) + [0]


def test_panels_of_one_depth_share_titles_and_keep_their_words_apart() -> None:
    chains = {name: mlp([2, 3, 2], name, seed=1) for name in ("relu", "tanh")}
    stops = told(paired(chains, DATA, None, Options()))
    assert stops[0].title.startswith("input") and len(stops[0].formulas) == 1
    assert stops[1].title == "layer 1 · affine 2→3" and len(stops[1].formulas) == 2
    assert stops[2].title == "layer 1 · relu, tanh"
    for said in (stops[1].act, stops[1].state):
        assert [line.partition(":")[0] for line in said] == ["relu", "tanh"]


def test_panels_of_unequal_depth_speak_when_they_arrive() -> None:
    chains = {"deep": mlp([2, 3, 3, 2], "relu", seed=1), "flat": mlp([2, 3, 2], "relu", seed=1)}
    stops = told(paired(chains, DATA, None, Options()))
    assert [stop.title for stop in stops] == [f"step {k} of 5" for k in range(6)]
    flat = [sum(line.startswith("flat") for line in stop.state) for stop in stops]
    # Three acts spread over five: at 5/3, 10/3 and 5 steps they have ended.
    assert flat == [1, 0, 1, 0, 1, 1]
    assert [sum(line.startswith("flat") for line in stop.act) for stop in stops] == [
        1,
        0,
        1,
        0,
        1,
        0,
    ]


def test_a_curve_has_names_and_formulas_alone() -> None:
    x = np.linspace(-1.0, 1.0, 20)
    stops = told(paired({"": mlp([1, 3, 1], "tanh", seed=1)}, x[:, None], x, Options()))
    assert all(stop.title and not stop.state and not stop.act for stop in stops)
    assert stops[1].formulas == ("h⁽¹⁾ = tanh(z⁽¹⁾)",)


def test_long_titles_are_shortened_to_what_they_share() -> None:
    many = [f"layer 1 · activation number {k}" for k in range(9)]
    assert joined(many) == "layer 1"
    assert joined(["a", "b"]) == "a / b"
    # 56 letters are one line of a slide.
    short = ["layer 1 · " + "a" * 20, "layer 1 · " + "b" * 24]
    assert joined(short) == f"layer 1 · {'a' * 20}, {'b' * 24}" and len(joined(short)) == 56
    assert joined([short[0], short[1] + "b"]) == "layer 1"
