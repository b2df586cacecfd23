"""What is under the pointer, and how the view turns."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.engine.chains import net
from tests.player.engine_page import Screening
from tests.scenes import panel_of
from warpviz.data import Dataset, load_data
from warpviz.film.build import animate, compare
from warpviz.motion.camera import rotation
from warpviz.picture.marks.triad import triad_places

RINGS = load_data("rings", n=200, seed=0)


@pytest.mark.slow
def test_a_dot_is_found_with_its_numbers(page: Any, tmp_path: Path) -> None:
    chain = net([2, 3, 2])
    film = compare({"a": chain, "b": net([2, 3, 3, 2], seed=1)}, RINGS)
    panel = panel_of(film, 1)
    screening = Screening(page, film, tmp_path)
    first = len(panel.sheet.vertices)
    flat, _ = panel.camera.project(panel.path.at(0, 0.0), 0, 0.0)
    x, y = flat[first + 120].tolist()
    found = screening.ask("film.pick(...values, {k: 0, t: 0})", x, y)
    assert (found["panel"], found["kind"], found["index"]) == (1, "dot", 120)
    assert found["name"] == RINGS.class_names[RINGS.y[120]]
    np.testing.assert_allclose(found["input"], RINGS.x[120], atol=1e-6)
    expected = net([2, 3, 3, 2], seed=1).logits().split().states(RINGS.x[120:121])
    for here, there in zip(found["values"], expected, strict=True):
        np.testing.assert_allclose(here, there[0], atol=1e-5)
    assert screening.ask("film.pick(-5, -5, {k: 0, t: 0})") is None


@pytest.mark.slow
def test_a_probe_goes_where_the_pointer_is(page: Any, tmp_path: Path) -> None:
    screening = Screening(page, animate(net([2, 3, 3, 2]), RINGS), tmp_path)
    point = [0.31, -0.52]
    for k, t in ((0, 0.0), (0, 0.4), (3, 0.5), (4, 1.0)):
        x, y = screening.ask("film.place(0, values[0], {k: values[1], t: values[2]})", point, k, t)
        probe = [{"point": point, "label": "A"}]
        moment = {"k": k, "t": t, "probes": probe}
        found = screening.ask("film.pick(...values)", x, y, moment)
        assert (found["kind"], found["name"]) == ("probe", "A")
    # At the input the plane is asked, also beside the sheet.
    for point in ([0.31, -0.52], [1.5, 0.2]):
        x, y = screening.ask("film.place(0, values, {k: 0, t: 0})", *point)
        found = screening.ask("film.inputAt(...values)", x, y)
        np.testing.assert_allclose(found["point"], point, atol=1e-5)
    # Later the sheet is asked, where it lies once over the pixel.
    moment = {"k": 0, "t": 0.5}
    x, y = screening.ask("film.place(0, values[0], values[1])", [0.3, 0.3], moment)
    found = screening.ask("film.inputAt(...values)", x, y, moment)
    np.testing.assert_allclose(found["point"], [0.3, 0.3], atol=1e-4)


@pytest.mark.slow
def test_many_features_are_asked_on_their_plane(page: Any, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    data = Dataset(rng.normal(0, 1, (60, 5)), np.arange(60) % 3)
    chain = net([5, 4, 3], "tanh")
    screening = Screening(page, animate(chain, data), tmp_path)
    x, y = screening.ask("film.panels[0].box.slice(2).map((end) => end / 2)")
    found = screening.ask("film.inputAt(...values)", x, y)
    assert len(found["point"]) == 5
    place = screening.ask("film.place(0, values, {})", *found["point"])
    np.testing.assert_allclose(place, [x, y], atol=0.05)
    states = screening.ask("film.states(0, values)", *found["point"])
    expected = chain.logits().split().states(np.array([found["point"]]))
    for here, there in zip(states, expected, strict=True):
        np.testing.assert_allclose(here, there[0], rtol=1e-9, atol=1e-12)


@pytest.mark.slow
def test_the_view_zooms_pans_and_turns(page: Any, tmp_path: Path) -> None:
    screening = Screening(page, animate(net([2, 3, 2]), RINGS), tmp_path)

    def place(point: list[float], **view: float) -> Any:
        moment = {"k": 0, "t": 0, "view": view}
        return np.array(screening.ask("film.place(0, ...values)", point, moment))

    a, b = [0.2, 0.1], [-0.4, 0.6]
    still = place(a) - place(b)
    np.testing.assert_allclose(place(a, zoom=2) - place(b, zoom=2), 2 * still, atol=1e-6)
    np.testing.assert_allclose(place(a, panX=7, panY=-3), place(a) + np.array([7, -3]), atol=1e-9)
    # A quarter-turn about the third axis turns the plane's picture by as much.
    quarter = place(a, yaw=np.pi / 2) - place(b, yaw=np.pi / 2)
    np.testing.assert_allclose(np.hypot(*quarter), np.hypot(*still), rtol=1e-9)
    assert abs(quarter @ still) < 1e-6 * (still @ still)
    # Seen edge-on, the plane is a line.
    points = [place(p, pitch=np.pi / 2)[1] for p in (a, b, [0.9, -0.9])]
    assert np.ptp(points) < 1e-6


@pytest.mark.slow
def test_the_axes_names_stand_where_the_film_has_them(page: Any, tmp_path: Path) -> None:
    screening = Screening(page, animate(net([2, 3, 2]), RINGS), tmp_path)
    rng = np.random.default_rng(0)
    for count in (2, 3):
        for azimuth, tilt in rng.uniform(-np.pi, np.pi, (20, 2)):
            ways = rotation(azimuth, tilt)[:2].T[:count]
            here = screening.ask("warpviz.triadPlaces(values)", *ways.tolist())
            tips, places = triad_places(ways)
            np.testing.assert_allclose(here["tips"], tips, atol=1e-9)
            np.testing.assert_allclose(here["places"], places, atol=1e-9)
