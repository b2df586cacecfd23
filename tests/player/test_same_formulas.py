"""Python and JavaScript compute by the same formulas: easings, steps of axes, areas, functions."""

import re
from pathlib import Path

import numpy as np
import pytest

from tests.player.compared import RINGS
from tests.player.modules import MODULES, node
from warpviz.film.build import animate
from warpviz.model import ACTIVATIONS, mlp
from warpviz.motion.easing import EASINGS
from warpviz.picture import axes
from warpviz.picture.marks import basis
from warpviz.picture.numbers import NUMBERS
from warpviz.picture.words import text
from warpviz.picture.words.fonts import bundled_font
from warpviz.player.engine import module_texts
from warpviz.player.payload import timeline_tree


def test_easings_are_pythons(modules: Path) -> None:
    at = np.linspace(0, 1, 33).tolist()
    code = 'import { EASINGS } from "./formulas.js";\n'
    code += (
        "told(Object.fromEntries(Object.entries(EASINGS).map(([n, f]) => [n, given[0].map(f)])))"
    )
    told = node(code, modules, at)
    assert list(told) == list(EASINGS)
    for name, ease in EASINGS.items():
        np.testing.assert_allclose(told[name], [ease(t) for t in at], atol=1e-15)


def test_a_film_eases_as_its_clock_says(modules: Path) -> None:
    film = animate(mlp([2, 3, 2], "relu"), RINGS, size=(240, 180))
    tree = timeline_tree(film.timeline)
    code = 'import { clockOf } from "./clock.js";\nconst clock = clockOf(given[0]);\n'
    code += "told([0.25, 0.5].map((u) => clock.at(given[0].holds[0] + u * given[0].moving[0]).t))"
    # By default smoothstep, 3u² − 2u³.
    np.testing.assert_allclose(node(code, modules, tree), [0.15625, 0.5], atol=1e-12)


def test_letters_reach_as_far_as_those_of_the_films_font(modules: Path) -> None:
    code = 'import { ASCENT, DESCENT } from "./marks/overlay.js";\ntold([ASCENT, DESCENT]);'
    told = np.array(node(code, modules))
    np.testing.assert_allclose(
        told, np.array(text.text_height(bundled_font(), 2048)) / 2048, atol=5e-4
    )


def test_steps_and_labels_are_pythons(modules: Path) -> None:
    spans = (10.0 ** np.linspace(-6, 6, 97)).tolist()
    code = 'import { niceStep, tickLabel } from "./marks/axes.js";\n'
    code += (
        "told(given[0].map((s) => [niceStep(s, 5), tickLabel(3 * niceStep(s, 5), niceStep(s, 5))]))"
    )
    for span, (step, label) in zip(spans, node(code, modules, spans), strict=True):
        assert step == pytest.approx(axes.nice_step(span, 5), rel=1e-12)
        assert label == axes.tick_label(3 * step, step)


def test_areas_and_their_numbers_are_pythons(modules: Path) -> None:
    rng = np.random.default_rng(0)
    values = [*rng.normal(0, 3, 20), *rng.normal(0, 1e7, 20), -1e-4, 0.0]
    vectors = [rng.normal(size=(n, 3)) for n in (1, 2, 3) for _ in range(5)]
    code = """import { plain, spanned } from "./marks/basis.js";
    told([given[0].map((value) => plain(value, 3)),
      given[1].flatMap((all) => [spanned(all, true), spanned(all, false)])]);"""
    told, sizes = node(code, modules, values, [each.tolist() for each in vectors])
    assert told == [basis.plain(value, 3) for value in values]
    want = [basis.spanned(each, square) for each in vectors for square in (True, False)]
    np.testing.assert_allclose(sizes, want, atol=1e-9)


def test_activations_are_pythons(modules: Path) -> None:
    at = np.linspace(-6, 6, 49)
    code = 'import { ACTIVATIONS } from "./formulas.js";\n'
    code += "told(Object.fromEntries(Object.entries(ACTIVATIONS).map(([n, f]) =>"
    code += " [n, given[0].map((z) => f(z))])))"
    told = node(code, modules, at.tolist())
    for name, values in told.items():
        want = ACTIVATIONS[name].f(at)
        np.testing.assert_allclose(values, want, rtol=1e-12, atol=1e-14, err_msg=name)


def test_every_number_is_read_and_none_is_owned_twice() -> None:
    source = re.sub(r"/\*.*?\*/", "", "\n".join(module_texts(MODULES).values()), flags=re.DOTALL)
    for name in NUMBERS:
        assert re.search(rf"\b{name}\b", source), f"no module reads {name}"
        assert not re.search(rf"\bconst {name} = (?!.*NUMBERS)", source), (
            f"a module has its own {name}"
        )
