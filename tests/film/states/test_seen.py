"""A model that is watched, by a stand-in that gives what it is told: how its numbers are read."""

from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.film.keywords import StatesOptions, keywords_of
from warpviz.film.options import Options
from warpviz.film.states import watched as watching
from warpviz.film.states.curve import _apart
from warpviz.film.states.watched import SURE, _cloth, _judge_of, _Seen

X = np.random.default_rng(0).normal(size=(7, 2))
WIDE = np.random.default_rng(1).normal(size=(2, 5))


class Model:
    """Two layers and an output; it takes no empty list, and three points at a time."""

    def __init__(self, output: Any = None) -> None:
        self.output = output or (lambda x: np.tanh(x))
        self.asked: list[int] = []

    def states(self, x: Floats) -> tuple[list[Floats], Floats]:
        assert len(x)
        return [np.sin(x @ WIDE), x[:, :1] ** 2], self.output(x)

    def parts(self, x: Floats, width: int) -> list[Floats]:
        self.asked.append(width)
        return [x[at : at + 3] for at in range(0, len(x), 3)]


def seen(model: Any, x: Floats = X, view: str = "2d") -> _Seen:
    return _Seen.of(model, x, view)


def test_what_is_given_in_parts_is_put_together() -> None:
    model = Model()
    found = seen(model)
    for cloud, want in zip(found.clouds, [X, np.sin(X @ WIDE), X[:, :1] ** 2], strict=True):
        np.testing.assert_array_equal(cloud, want)
    np.testing.assert_array_equal(found.output, np.tanh(X))
    other = np.random.default_rng(2).normal(size=(8, 2))
    states, output = found.both(other)
    np.testing.assert_array_equal(output, np.tanh(other))
    np.testing.assert_array_equal(states[1], np.sin(other @ WIDE)[:, :3] * [1, 1, 0])
    np.testing.assert_array_equal(states[2], np.pad(other[:, :1] ** 2, ((0, 0), (0, 2))))
    assert [len(state) for state in found.states(other)] == [8, 8, 8]
    # Layers have six numbers for each point, with the input's there are eight.
    assert model.asked == [6, 8, 8]


def test_of_no_points_nothing_is_asked() -> None:
    states, output = seen(Model()).both(np.zeros((0, 2)))
    assert [state.shape for state in states] == [(0, 3)] * 3 and output.shape == (0, 2)


def test_as_many_numbers_as_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MOST_NUMBERS", 7 * 6)
    assert len(seen(Model()).clouds) == 3
    monkeypatch.setattr(watching, "MOST_NUMBERS", 7 * 6 - 1)
    with pytest.raises(WarpvizError, match=r"6 numbers for each of 7 points, a film takes 41 in"):
        seen(Model())


CLASSES = wv.Dataset(X, np.arange(7) % 2)
THREE = wv.Dataset(X, np.arange(7) % 3)
NUMBERS = wv.Dataset.with_targets(X, X.sum(axis=1))


def test_outputs_are_read_by_their_width_and_range() -> None:
    half, logit = np.full((7, 1), 0.25), np.full((7, 1), 2.0)

    def read(output: Any, data: wv.Dataset) -> Any:
        judge = _judge_of(np.asarray(output), data)
        return None if judge is None else judge(np.asarray(output))[0].tolist()

    assert read(half, NUMBERS) == [0.25] and read(np.ones((7, 2)), NUMBERS) is None
    assert read(half, CLASSES) == pytest.approx([np.log(0.75), np.log(0.25)])
    assert read(logit, CLASSES) == [0.0, 2.0] and read(-logit, CLASSES) == [0.0, -2.0]
    # Between 0 and 1, both ends with them; and so far from them that logarithms are finite.
    ends = read(np.array([[0.0]] * 6 + [[1.0]]), CLASSES)
    assert ends == pytest.approx([0.0, np.log(SURE)])
    assert read(half, THREE) is None and read(np.ones((7, 2)), THREE) is None
    three = np.tile([0.2, 0.3, 0.5], (7, 1))
    assert read(three, THREE) == pytest.approx(np.log([0.2, 0.3, 0.5]))
    assert read(three + np.array([0.0005, 0, 0]), THREE) == pytest.approx(
        np.log([0.2005, 0.3, 0.5])
    )
    assert read(three + np.array([0.01, 0, 0]), THREE) == pytest.approx([0.21, 0.3, 0.5])
    assert read(three - [0.3, 0, 0], THREE) == pytest.approx([-0.1, 0.3, 0.5])
    assert read(np.ones((7, 1000)), THREE) is not None and read(np.ones((7, 1001)), THREE) is None


@pytest.mark.parametrize("data", [CLASSES, NUMBERS, None])
def test_cells_have_the_tint_of_what_the_model_says_there(data: wv.Dataset | None) -> None:
    options = Options.of({}, keywords_of(StatesOptions), "animate by layers")
    model = Model(lambda x: 3 * x if data is CLASSES else x.sum(axis=1, keepdims=True))
    found = seen(model)
    judge = None if data is None else _judge_of(found.output, data)
    made = _cloth(found, data or THREE, None, judge, options)
    centres = made.sheet.centres()
    if data is None:
        np.testing.assert_allclose(made.chances, np.full((len(centres), 3), 1 / 3))
    elif data is CLASSES:
        weights = np.exp(3 * centres)
        want = weights / weights.sum(axis=1, keepdims=True)
        assert np.abs(made.chances - want).max() < 0.06
    else:
        levels = np.linspace(NUMBERS.targets.min(), NUMBERS.targets.max(), 13)  # type: ignore[union-attr]
        inside = np.clip(centres.sum(axis=1), levels[0], levels[-1])
        np.testing.assert_allclose(made.chances @ levels, inside, atol=1e-9)
    np.testing.assert_array_equal(made.places, made.sheet.vertices)
    assert len(made.images) == 3
    np.testing.assert_array_equal(made.images[0][:, :2], made.sheet.vertices)
    x0, x1, y0, y1 = made.limits
    assert x0 < X[:, 0].min() and x1 > X[:, 0].max() and y0 < X[:, 1].min() and y1 > X[:, 1].max()


def test_of_dots_in_one_place_the_first_is_drawn() -> None:
    x = np.array([0.0, 5.0, 0.3, 0.9, 5.1, 0.0, -2.0])
    assert _apart(x, 1.0).tolist() == [0, 1, 3, 6]
    assert _apart(x, 0.0).tolist() == [0, 1, 2, 3, 4, 6]
