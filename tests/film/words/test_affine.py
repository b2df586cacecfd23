"""Words of maps whose effect is known: turns, stretches, mirrors, flattenings."""

import numpy as np
import pytest

from tests.geometry.nets import dense
from warpviz.film.words.affine import affine_words
from warpviz.model.layers import Dense
from warpviz.motion.polar import Turn


def turned(degrees: float) -> np.ndarray:
    angle = np.radians(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def said(weight: object, bias: object = None, motion: str = "polar") -> str:
    matrix = np.array(weight, dtype=float)
    shift = np.zeros(len(matrix)) if bias is None else np.array(bias, dtype=float)
    variants = affine_words(Dense(matrix, shift), motion)
    assert len(variants) >= 2 and len(variants[0]) >= len(variants[-1])
    return variants[0]


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (np.eye(2), "hardly changes the sheet"),
        (1.04 * np.eye(2), "hardly changes the sheet"),
        (2 * np.eye(2), "scales the sheet by 2"),
        (0.5 * np.eye(2), "scales the sheet by 0.5"),
        (np.diag([3.0, 0.5]), "scales the sheet by 3 and 0.5"),
        (np.diag([3.0, 2.0, 0.5]), "scales the sheet by 3, 2 and 0.5"),
        (np.diag([5.0, 3.0, 2.0, 0.5]), "scales the sheet by 0.5 to 5"),
        (turned(30), "turns the sheet by 30°"),
        (turned(-30), "turns the sheet by 30°"),
        (2 * turned(90), "turns the sheet by 90°, scales it by 2"),
        (np.kron(np.diag([1, 0]), turned(20)) + np.kron(np.diag([0, 1]), turned(50)),
         "turns the sheet by up to 50°"),
        (np.diag([1.0, -1.0]), "flips the sheet over"),
        (np.diag([2.0, -2.0]), "flips the sheet over, scales it by 2"),
        (np.diag([1.0, 1.0, -1.0]), "mirrors the sheet"),
        (np.zeros((2, 2)), "shrinks the sheet to a point"),
        (np.ones((2, 2)), "flattens the sheet onto a line"),
        (np.eye(3)[:, :2], "lifts the sheet into space"),
        (2 * np.eye(5)[:, :2], "lifts the sheet into 5 dimensions, scales it by 2"),
        (np.eye(3)[:2], "projects the sheet onto a plane"),
        (np.eye(2)[:1], "projects the sheet onto a line"),
        (np.eye(5)[:4], "projects the sheet into 4 dimensions"),
    ],
)  # fmt: skip
def test_what_a_map_does(weight: np.ndarray, words: str) -> None:
    assert said(weight) == words


def test_a_shift_is_told_where_nothing_else_happens() -> None:
    assert said(np.eye(2), [3.0, 4.0]) == "shifts the sheet by 5"
    assert said(2 * np.eye(2), [3.0, 4.0]) == "scales the sheet by 2"


def test_under_straight_motion_a_mirror_flips_nothing_over() -> None:
    assert said(np.diag([1.0, -1.0]), motion="lerp") == "mirrors the sheet"


@pytest.mark.parametrize("mirrored", [False, True])
def test_what_many_axes_turn_is_told_as_their_planes_have_it(mirrored: bool) -> None:
    rng = np.random.default_rng(0)
    orthogonal = np.linalg.qr(rng.normal(size=(40, 40)))[0]
    orthogonal[0] *= -1 if (np.linalg.det(orthogonal) < 0) != mirrored else 1
    long = affine_words(Dense(orthogonal, np.zeros(40)))[0]
    if mirrored:
        assert long == "mirrors the sheet"
    else:
        angles = np.degrees(Turn.of(orthogonal, np.zeros(40)).angles)
        assert long == f"turns the sheet by up to {round(float(angles[0]))}°"


def test_no_plane_of_a_thousand_axes_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        pytest.fail("the planes of a rotation are not needed for words")

    monkeypatch.setattr("warpviz.motion.rotation.Rotation.of", never)
    weight = np.random.default_rng(0).normal(size=(3, 1000))
    assert affine_words(Dense(weight, np.zeros(3)))[4] == "into space"
    assert affine_words(Dense(weight.T, np.zeros(1000)))[4] == "into 1000 dimensions"


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [
        (turned(128) @ np.diag([3.1, 0.4]), "turns the sheet by 128°, scales it by 3.1 and 0.4"),
        (turned(-90), "turns the sheet by 90°"),
        (turned(180), "turns the sheet by 180°"),
        (np.diag([3.0, 0.5]), "scales the sheet by 3 and 0.5"),
        (2.0 * np.eye(2), "scales the sheet by 2"),
        (0.5 * np.eye(2), "scales the sheet by 0.5"),
        (np.diag([1.0, -1.0]), "flips the sheet over"),
        (np.diag([1.0, 0.0]), "flattens the sheet onto a line"),
        (np.zeros((2, 2)), "shrinks the sheet to a point"),
        (np.eye(3, 2), "lifts the sheet into space"),
        (np.eye(2, 3), "projects the sheet onto a plane"),
        (2 * np.eye(16, 2), "lifts the sheet into 16 dimensions, scales it by 2"),
        (turned(0.2), "hardly changes the sheet"),
        (np.eye(2), "hardly changes the sheet"),
    ],
)
def test_affine_maps(weight: np.ndarray, sentence: str) -> None:
    assert affine_words(dense(weight, np.zeros(len(weight))))[0] == sentence


def test_a_shift_and_a_mirror_that_is_not_seen_to_flip() -> None:
    assert affine_words(dense(np.eye(2), [3.0, 4.0]))[0] == "shifts the sheet by 5"
    assert affine_words(dense(np.diag([1.0, -1.0]), [0, 0]), "lerp")[0] == "mirrors the sheet"
