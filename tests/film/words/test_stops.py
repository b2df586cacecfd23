"""What is said of states whose classes are apart, or not, by hand."""

from typing import Any

import numpy as np
import pytest

from warpviz.data import Dataset
from warpviz.data.dataset import UNLABELLED
from warpviz.film.words import stops
from warpviz.film.words.stops import cuts_of, state_words
from warpviz.measure.best_line import BestCut
from warpviz.measure.probe import fit_probe

CORNERS = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
XOR = Dataset(CORNERS, np.array([0, 0, 1, 1]))
LINE = np.arange(4.0)[:, None]


def said(states: list[Any], data: Dataset, **given: Any) -> list[tuple[str, ...]]:
    count = len(states)
    return [
        *state_words(states, data, ["h"] * count, [False] * count, **{"outputs": False, **given})
    ]


@pytest.mark.parametrize(
    ("width", "best", "cut"),
    [(1, "the best cut", "a point"), (2, "the best line", "a straight line"),
     (3, "the best plane", "a flat plane"), (4, "the best hyperplane", "a hyperplane")],
)  # fmt: skip
def test_two_classes_are_cut_by_what_the_state_is_wide(width: int, best: str, cut: str) -> None:
    mixed = np.pad(LINE, ((0, 0), (0, width - 1)))
    apart = np.pad(np.array([[0.0], [1.0], [8.0], [9.0]]), ((0, 0), (0, width - 1)))
    wrong = Dataset(CORNERS, np.array([0, 1, 0, 1]))
    assert said([mixed], wrong) == [
        (f"{best} gets 75.0 % of the points right", f"{best} gets 75.0 % right",
         f"{best}: 75.0 %", "75.0 % right")
    ]  # fmt: skip
    new = f"{cut} separates the classes", f"{cut} separates them", "separable"
    assert said([apart], XOR) == [new]
    assert said([CORNERS, apart], XOR)[1] == (f"from here {new[0]}", *new[1:])
    assert said([CORNERS, apart, CORNERS], XOR)[1] == (f"here {new[0]}", *new[1:])
    assert said([apart, apart], XOR)[1] == (
        f"{cut} still separates the classes", f"{cut} still separates them", "still separable"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("width", "fitted", "cuts"),
    [(1, "fitted cuts", "points"), (2, "fitted lines", "straight lines"),
     (3, "fitted planes", "flat planes"), (4, "fitted hyperplanes", "hyperplanes")],
)  # fmt: skip
def test_of_more_classes_several_cuts_are_told(width: int, fitted: str, cuts: str) -> None:
    data = Dataset(np.arange(12.0).reshape(6, 2), np.array([0, 0, 1, 1, 2, 2]))
    apart = np.pad(np.array([0.0, 1, 10, 11, 20, 21])[:, None], ((0, 0), (0, width - 1)))
    mixed = apart[[0, 3, 4, 1, 2, 5]]
    share = f"{np.floor(1000 * fit_probe(mixed, data.y).accuracy) / 10:.1f} %"
    assert said([mixed], data)[0][::3] == (
        f"{fitted} get {share} of the points right",
        f"{share} right",
    )
    new = f"{cuts} separate the classes", f"{cuts} separate them", "separable"
    assert said([apart], data) == [new]
    assert said([mixed, apart], data)[1][0] == f"from here {new[0]}"
    assert said([mixed, apart, mixed], data)[1][0] == f"here {new[0]}"
    assert said([apart, apart], data)[1][0] == f"{cuts} still separate the classes"


def test_what_a_model_says_is_told_by_its_outputs() -> None:
    right, wrong = np.eye(2)[XOR.y], np.eye(2)[[0, 0, 1, 0]]
    assert said([CORNERS, right], XOR, outputs=True)[1] == (
        "the line h₁ = h₂ separates the classes", "h₁ = h₂ separates them"
    )  # fmt: skip
    assert said([CORNERS, wrong], XOR, outputs=True)[1] == (
        "the line h₁ = h₂ gets 75.0 % of the points right", "the line h₁ = h₂ gets 75.0 % right",
        "h₁ = h₂: 75.0 % right",
    )  # fmt: skip
    three = Dataset(CORNERS, np.array([0, 1, 2, 2]))
    told = said([CORNERS, np.eye(3)[[0, 1, 2, 1]]], three, outputs=True)[1]
    assert told[0] == "the largest h is right for 75.0 % of the points" and len(told) == 3
    # One state alone, or one of another width, is what a model says of no class.
    assert "h₁" not in said([CORNERS], XOR, outputs=True)[0][0]
    assert "h₁" not in said([CORNERS, CORNERS[:, :1]], XOR, outputs=True)[1][0]
    assert "h₁" not in said([CORNERS, CORNERS], XOR)[1][0]


def test_numbers_have_their_r_squared_and_points_without_labels_nothing() -> None:
    x = np.column_stack([np.arange(4.0), [0.0, 1.0, 0.0, 1.0]])
    data = Dataset.with_targets(x, np.arange(4.0) ** 2)
    # The best line through 0, 1, 4, 9 leaves 4 of 49.
    fit = np.arange(4.0)[:, None]
    assert said([fit], data)[0] == (
        "a linear fit of the numbers has R² 0.91", "linear fit: R² 0.91", "R² 0.91"
    )  # fmt: skip
    assert said([fit, np.zeros((4, 1))], data, outputs=True)[1] == (
        "the output has R² −1.00", "output: R² −1.00", "R² −1.00"
    )  # fmt: skip
    bare = Dataset(CORNERS, np.zeros(4, dtype=int), UNLABELLED)
    assert said([CORNERS, CORNERS], bare) == [("",), ("",)]


def test_the_share_is_the_best_that_is_known_and_never_all(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    probe: Any = type("Probe", (), {"accuracy": 0.75})
    monkeypatch.setattr(stops, "fit_probe", lambda *_: probe)
    monkeypatch.setattr(
        stops, "separate", lambda *_, probe: type("Meeting", (), {"separable": False})
    )

    def finds(found: BestCut | None) -> None:
        def best_cut(state: Any, labels: Any) -> BestCut | None:
            asked.append(len(state))
            return found

        monkeypatch.setattr(stops, "best_cut", best_cut)

    for found, share, exact in (
        (BestCut(0.5, True), 0.5, True), (BestCut(0.6, False), 0.75, False),
        (BestCut(1.0, True), 0.75, True), (None, 0.75, False), (BestCut(0.7, False), 0.75, False),
    ):  # fmt: skip
        finds(found)
        apart, (cut,) = cuts_of([CORNERS], XOR.y, [False])
        assert apart == [False] and cut.exact == exact and cut.share == pytest.approx(share)
    asked.clear()
    lifted = np.column_stack([CORNERS, CORNERS.sum(axis=1)])
    finds(BestCut(0.5, True))
    # Seen from a plane that an affine map keeps the same lines are there; from a line they are not.
    cuts_of([CORNERS, lifted, LINE, LINE], XOR.y, [False, True, True, False])
    assert len(asked) == 3
