"""What the engine computes: states, motion, clock, and how fast it draws."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.model.residuals import nested
from tests.player.engine.chains import net
from tests.player.engine_page import Screening
from tests.scenes import panel_of
from warpviz.data import load_data
from warpviz.film.build import animate, compare
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.model import ACTIVATIONS, Activation, Chain, Dense, Softmax
from warpviz.motion.timeline import Timeline

RINGS = load_data("rings", n=200, seed=0)
POINTS = np.random.default_rng(1).uniform(-1.2, 1.2, (6, 2))
NAMES = (*ACTIVATIONS, "leaky_relu:0.2", "elu:0.5", "softplus:2", "prelu:0.3:-0.5", "z*cos(z)")
SMALL: dict[str, Any] = {"size": (240, 180), "hide": ("sheet", "grid", "creases", "boundary")}
PARTS = 6
"""Chains in which all activations are."""


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_states_of_every_activation(part: int, page: Any, tmp_path: Path) -> None:
    # A chain holds many: each follows its own affine map, at arguments of all sizes.
    log = part == 0
    rng = np.random.default_rng(0)
    layers: list[Dense | Activation | Softmax] = []
    for name in NAMES[part::PARTS]:
        layers += [Dense(rng.normal(0, 1.5, (2, 2)), rng.normal(0, 1, 2)), Activation(name)]
    chain = Chain([*layers, Dense(rng.normal(0, 1, (2, 2)), np.zeros(2)), Softmax(log)])
    film = animate(chain, RINGS, softmax=True, **SMALL)
    screening = Screening(page, film, tmp_path)
    expected = chain.states(POINTS)
    for row, point in enumerate(POINTS.tolist()):
        states = screening.ask("film.states(0, values)", *point)
        assert len(states) == len(expected)
        for here, there in zip(states, expected, strict=True):
            np.testing.assert_allclose(here, there[row], rtol=1e-6, atol=1e-6)


@pytest.mark.slow
def test_states_of_residual_layers(page: Any, tmp_path: Path) -> None:
    chain = nested("tanh")
    screening = Screening(page, animate(chain, RINGS, softmax=True, size=(240, 180)), tmp_path)
    expected = chain.split().states(POINTS)
    for row, point in enumerate(POINTS.tolist()):
        states = screening.ask("film.states(0, values)", *point)
        assert len(states) == len(expected) == 6
        for here, there in zip(states, expected, strict=True):
            np.testing.assert_allclose(here, there[row], rtol=1e-6, atol=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_activations_in_both_tails(part: int, page: Any, tmp_path: Path) -> None:
    # A page has the activations of its film.
    layers: list[Dense | Activation] = []
    for name in NAMES[part::PARTS]:
        layers += [Dense(0.5 * np.eye(2), np.zeros(2)), Activation(name)]
    screening = Screening(page, animate(Chain(layers), RINGS, **SMALL), tmp_path)
    z = np.concatenate([np.linspace(-40, 40, 81), np.linspace(-1, 1, 41)])
    for name in NAMES[part::PARTS]:
        if name.startswith("prelu:"):
            continue  # a number a unit is no function of z alone
        values = screening.ask("values.slice(1).map(warpviz.activation(values[0]))", name, *z)
        np.testing.assert_allclose(values, ACTIVATIONS[name].f(z), rtol=1e-12, atol=1e-14)


@pytest.mark.slow
def test_states_one_unit_at_a_time(page: Any, tmp_path: Path) -> None:
    chain = net([2, 3, 3, 2], "tanh")
    film = animate(chain, RINGS, one_by_one=True, size=(240, 180))
    screening = Screening(page, film, tmp_path)
    expected = Play.of(chain, Staging(one_by_one=True)).states(POINTS)
    states = screening.ask("film.states(0, values)", *POINTS[0].tolist())
    assert len(states) == len(expected) == 10
    for here, there in zip(states, expected, strict=True):
        np.testing.assert_allclose(here, there[0], rtol=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("widths", "seed", "options"),
    [
        ([2, 3, 3, 2], 0, {}),
        ([2, 3, 3, 2], 3, {}),
        ([2, 2, 2], 0, {}),
        ([2, 2, 2], 3, {}),
        ([2, 16, 16, 2], 0, {}),
        ([2, 1, 2], 0, {}),
        ([2, 3, 2], 1, {"motion": "lerp", "whole_layers": True}),
        ([2, 3, 2], 3, {"view": "pca"}),
    ],
)
def test_points_move_as_in_the_film(
    widths: list[int], seed: int, options: dict[str, Any], page: Any, tmp_path: Path
) -> None:
    film = animate(net(widths, seed=seed), RINGS, size=(240, 180), **options)
    panel = panel_of(film)
    screening = Screening(page, film, tmp_path)
    dots = [0, 70, 150]
    first = len(panel.sheet.vertices)
    for k in range(panel.path.acts):
        for t in (0.0, 0.25, 0.8, 1.0):
            flat, _ = panel.camera.project(panel.path.at(k, t), k, t)
            for dot in dots:
                assert panel.origin is not None
                point = panel.origin.dots[dot].tolist()
                place = screening.ask(
                    "film.place(0, values[0], {k: values[1], t: values[2]})", point, k, t
                )
                np.testing.assert_allclose(place, flat[first + dot], atol=0.01)


@pytest.mark.slow
def test_the_clock_is_the_films(page: Any, tmp_path: Path) -> None:
    film = animate(net([2, 3, 2]), RINGS, size=(240, 180), hold=0.7, seconds=1.3, ease="sine")
    screening = Screening(page, film, tmp_path)
    timeline: Timeline = film.timeline
    assert screening.ask("film.clock.seconds") == pytest.approx(timeline.total_seconds)
    begun = 0.0
    for moment in timeline:
        if moment.t in (0.0, 1.0):
            stop = moment.k + int(moment.t)
            assert screening.ask("film.clock.stop(values[0])", stop) == pytest.approx(begun)
            for inside in (begun + 1e-6, begun + 0.69):
                here = screening.ask("film.clock.at(values[0])", inside)
                assert here["k"] + here["t"] == stop
        begun += moment.seconds
    # In the middle of an act, and back again.
    middle = screening.ask("film.clock.at(film.clock.stop(1) + 0.7 + 0.625)")
    assert (middle["k"], middle["t"]) == (1, pytest.approx(0.5))
    for step in (0.0, 0.3, 1.0, 1.8, 3.0):
        time = screening.ask("film.clock.of(film.moment(values[0]))", step)
        back = screening.ask("film.step(film.clock.at(values[0]))", time)
        assert back == pytest.approx(step, abs=1e-6)


@pytest.mark.slow
def test_what_a_film_tells_of_itself(page: Any, tmp_path: Path) -> None:
    film = compare({"relu": net([2, 3, 2]), "tanh": net([2, 2], "tanh")}, RINGS, title="Two")
    screening = Screening(page, film, tmp_path)
    assert screening.acts == film.timeline.acts == 3
    told = screening.ask(
        "({title: film.title, size: film.size, stops: film.stops, acts: film.actNames, "
        "panels: film.panels, names: film.classNames, themes: film.themes, theme: film.theme, "
        "text: film.description, parts: film.parts, stop: film.timeline.stops[1]})"
    )
    assert told["title"] == "Two"
    assert told["size"] == list(film.size)
    assert told["stops"] == list(panel_of(film).stops)
    assert told["acts"] == list(panel_of(film).acts)
    assert [panel["title"] for panel in told["panels"]] == ["relu", "tanh"]
    assert [panel["hasSpace"] for panel in told["panels"]] == [True, False]
    assert told["names"] == list(RINGS.class_names)
    assert set(told["themes"]) == {"dark", "light"}
    assert told["theme"] == "dark"
    assert told["text"] == film.description
    assert {"sheet", "grid", "dots"} <= set(told["parts"])
    assert told["stop"]["name"] == told["stops"][1]


@pytest.mark.slow
@pytest.mark.parametrize("dots", [700, 10_000])
def test_time_for_a_frame(dots: int, page: Any, tmp_path: Path, capsys: Any) -> None:
    """Measured and printed; machines differ too much to demand a figure."""
    chain = net([2, 3, 3, 2])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warpviz.film.panel.thinned", lambda flat, labels, share: np.arange(dots))
        film = animate(chain, load_data("rings", n=dots, seed=0))
    screening = Screening(page, film, tmp_path)
    screening.picture(0, 0.0)
    for scale in (1, 2):
        spent = screening.page.evaluate(
            """(scale) => {
              const canvas = document.createElement("canvas");
              [canvas.width, canvas.height] = film.size.map((side) => side * scale);
              const context = canvas.getContext("2d");
              const spent = [];
              for (let step = 0; step < 2 * film.acts; step += 0.1) {
                const moment = film.moment(step % film.acts);
                const { total } = film.paint(context, moment);
                if (step > film.acts) spent.push(total);
              }
              return spent;
            }""",
            scale,
        )
        middle, worst = np.median(spent), np.quantile(spent, 0.95)
        with capsys.disabled():
            cells = panel_of(film).sheet.n_cells
            print(
                f"\n{cells} cells, {dots} dots, scale {scale}: {middle:.1f} ms, 95 % {worst:.1f} ms"
            )
        assert len(spent) >= 50
