import numpy as np
import pytest

from tests.geometry.nets import UNIT, dense, net
from warpviz.errors import WarpvizError
from warpviz.geometry import folds
from warpviz.geometry.fitting import sheet_for
from warpviz.geometry.folds import fold_lines, fold_onset, fold_points, pre_activation
from warpviz.model import ACTIVATIONS, Activation, Chain, Dense, Softmax
from warpviz.model.activations.fills import Reals
from warpviz.model.activations.function import ActivationFunction

# Name, time of the first fold, z of the final fold (DESIGN §4, law 4).
PUBLISHED = [("gelu", 0.8858, -0.7518), ("gelu_tanh", 0.8858, -0.7525), ("silu", 0.9092, -1.2785)]


@pytest.mark.parametrize(("name", "onset", "final"), PUBLISHED)
def test_published_onsets_and_final_folds(name: str, onset: float, final: float) -> None:
    function = ACTIVATIONS[name]
    begins = fold_onset(function)
    assert begins is not None and abs(begins - onset) < 1e-4
    assert fold_points(function, 1.0) == pytest.approx([final], abs=5e-5)
    assert len(fold_points(function, begins - 1e-9)) == 0
    for t in (begins + 1e-9, 0.5 * (begins + 1), 0.999):
        assert len(fold_points(function, t)) == 2


def test_the_folds_of_sine_are_those_of_the_closed_form() -> None:
    # 1 - t + t cos z = 0.
    assert fold_onset(ACTIVATIONS["sin"]) == pytest.approx(0.5, abs=1e-12)
    for t in (0.500001, 0.6, 0.9, 1.0):
        first = np.arccos(-(1 - t) / t)
        turns = 2 * np.pi * np.arange(-3, 4)[:, None]
        expected = np.sort((turns + np.array([-first, first])).ravel())
        expected = expected[np.abs(expected) < 12]
        assert fold_points(ACTIVATIONS["sin"], t) == pytest.approx(expected, abs=1e-8)


SLOPES = {name: record.derivative(np.linspace(-9, 9, 1801)) for name, record in ACTIVATIONS.items()}


@pytest.mark.parametrize("name", [name for name, slope in SLOPES.items() if (slope >= 0).all()])
def test_monotone_activations_never_fold(name: str) -> None:
    assert fold_onset(ACTIVATIONS[name]) is None
    for t in (0.0, 0.3, 0.9, 0.999999, 1.0):
        assert len(fold_points(ACTIVATIONS[name], t)) == 0


def test_a_negative_slope_folds_along_its_crease() -> None:
    function = ACTIVATIONS["leaky_relu:-0.5"]
    assert fold_onset(function) == pytest.approx(2 / 3)
    assert fold_points(function, 0.9) == pytest.approx([0.0], abs=1e-12)
    assert len(fold_points(function, 0.6)) == 0


@pytest.mark.parametrize(
    "name", [name for name, record in ACTIVATIONS.items() if record.breakpoints is None]
)
@pytest.mark.parametrize("t", [0.3, 0.7, 0.89, 0.93, 0.99, 1.0])
def test_folds_are_where_the_act_turns_back(name: str, t: float) -> None:
    z = np.linspace(-5, 5, 20_001) + 1e-5
    moved = (1 - t) * z + t * ACTIVATIONS[name].f(z)
    rising = np.diff(moved) > 0
    turns = z[1:-1][rising[1:] != rising[:-1]]
    assert fold_points(ACTIVATIONS[name], t, (-5.0, 5.0)) == pytest.approx(turns, abs=1e-3)


def test_a_fold_exactly_at_a_node_is_found_once() -> None:
    def square(z: Reals, value: Reals, slope: Reals) -> None:
        value[...], slope[...] = z * z / 2, z

    function = ActivationFunction("square", "", None, square)
    assert fold_points(function, 1.0).tolist() == [0.0]
    assert fold_points(function, 0.5) == pytest.approx([-1.0])


def test_fold_lines_of_the_first_layer_are_straight_and_where_they_should_be() -> None:
    chain = Chain([dense([[2, 0], [0, 0]], [0.3, 1], "gelu"), dense([[1, 1]], [0])])
    lines = fold_lines(chain, 0, [1.0], UNIT)[0]
    (line,) = lines.polylines
    assert (line.kind, line.layer, line.unit) == ("crease", 0, 0)
    assert lines.vertices[:, 0] == pytest.approx((-0.751791524693564 - 0.3) / 2, abs=1e-9)
    assert np.ptp(lines.vertices[:, 1]) == 2 and len(lines.vertices) > 90


@pytest.mark.parametrize("name", ["gelu", "silu", "sin"])
@pytest.mark.parametrize("t", [0.95, 1.0])
def test_the_area_factor_of_an_act_changes_sign_across_its_folds(name: str, t: float) -> None:
    chain = net((2, 3, 2, 2), name, seed=6)
    lines = fold_lines(chain, 1, [t], UNIT)[0]
    before, function = pre_activation(chain, 1)
    assert lines.polylines
    for line in lines.polylines:
        path = lines.vertices[line.vertices]
        slope = (1 - t) + t * function.derivative(before(path)[:, line.unit])
        assert slope == pytest.approx(0.0, abs=1e-9)
        # A step across the line, on either side: the slope of the act has both signs.
        middle, along = (path[1:] + path[:-1]) / 2, path[1:] - path[:-1]
        length = np.hypot(*along.T)
        keep = length > 1e-3
        across = (along[:, ::-1] * [1, -1] / length[:, None])[keep] * 1e-3
        left, right = (
            (1 - t) + t * function.derivative(before(middle[keep] + s * across)[:, line.unit])
            for s in (-1, 1)
        )
        assert np.mean(left * right < 0) > 0.95


def test_two_folds_while_they_form_and_one_in_the_end() -> None:
    chain = Chain([dense([[4, 0]], [0], "gelu")])
    assert [len(lines.polylines) for lines in fold_lines(chain, 0, [0.8, 0.95, 1.0], UNIT)] == [
        0,
        2,
        1,
    ]


def test_the_part_before_an_activation() -> None:
    chain = net((2, 3, 2), "gelu")
    x = np.random.default_rng(0).normal(size=(5, 2))
    z = chain.split().states(x)[1]
    for given, layer in ((chain, 0), (chain.split(), 1)):
        before, function = pre_activation(given, layer)
        assert before(x) == pytest.approx(z) and function.name == "gelu"


def test_errors_say_what_to_do() -> None:
    with pytest.raises(WarpvizError, match=r"expect a time from 0 to 1, got 1\.5"):
        fold_points(ACTIVATIONS["gelu"], 1.5)
    with pytest.raises(WarpvizError, match="expect a Dense or Activation layer at 1, got softmax"):
        pre_activation(Chain([Dense(np.eye(2), np.zeros(2)), Softmax()]), 1)
    assert fold_lines(Chain([Activation("tanh")], 2), 0, [1.0], UNIT)[0].polylines == ()


@pytest.mark.parametrize("rate", [7.0, 50.0, 400.0])
def test_fast_waves_have_all_their_folds(rate: float) -> None:
    wave = ACTIVATIONS[f"sin({rate}*z)"]
    # cos(ω z) = 0 at (k + ½) π/ω.
    first = np.ceil(-2.0 * rate / np.pi - 0.5)
    expected = (np.arange(first, -first) + 0.5) * np.pi / rate
    assert fold_points(wave, 1.0, (-2.0, 2.0)) == pytest.approx(expected, abs=1e-9)
    assert fold_onset(wave, (-2.0, 2.0)) == pytest.approx(1 / (1 + rate), rel=1e-6)


def test_a_narrow_bump_is_found_at_its_own_scale() -> None:
    bump = ACTIVATIONS["z - exp(-(40*z)**2)"]
    # f' = 1 + 3200 z e^(-1600 z²): two folds left of 0.
    folds = fold_points(bump, 1.0, (-3.0, 3.0))
    slope = 1 + 3200 * folds * np.exp(-1600 * folds**2)
    assert len(folds) == 2 and slope == pytest.approx(0, abs=1e-6)


@pytest.mark.slow
def test_folds_without_number_are_left_out_and_counted() -> None:
    rng = np.random.default_rng(0)

    def waves(wild: float) -> Chain:
        first = Dense(wild * rng.normal(size=(6, 2)), rng.normal(size=6), "sin")
        return Chain([first, Dense(rng.normal(size=(6, 6)), rng.normal(size=6), "sin")])

    few, many = (fold_lines(waves(wild), 1, [1.0], UNIT)[0] for wild in (1.0, 300.0))
    assert few.polylines and not few.unsure and not few.left_out
    assert not many.polylines
    ((layer, count, drawn),) = many.left_out
    assert layer == 1 and count > 10 and drawn == 0
    # Of the first layer all are lines that are known exactly, however many.
    assert len(fold_lines(waves(60.0), 0, [1.0], UNIT)[0].polylines) > 100


def test_of_waves_without_number_some_folds_are_drawn_where_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(folds, "MOST_LINES", 20)
    weight = 1e3 * np.random.default_rng(0).normal(size=(3, 2))
    chain = Chain([dense(weight, np.zeros(3), "sin"), dense(np.ones((2, 3)), np.zeros(2))])
    lines = fold_lines(chain, 0, [1.0], UNIT)[0]
    # cos z = 0 at (k + ½) π, and z reaches |w₁| + |w₂| to both sides.
    reach = np.abs(weight).sum(axis=1)
    count = int((2 * np.floor(reach / np.pi + 0.5)).sum())
    assert lines.left_out == ((0, count, 20),) and len(lines.polylines) == 20
    for line in lines.polylines:
        z = lines.vertices[line.vertices] @ weight[line.unit]
        assert np.abs(np.cos(z)).max() < 1e-8
    units = [line.unit for line in lines.polylines]
    assert np.bincount(units) == pytest.approx(20 * reach / reach.sum(), abs=1.0)
    sheet = sheet_for(chain, UNIT, boundary=False)
    assert sheet.left_out == lines.left_out
    creases = [line for line in sheet.lines if line.kind == "crease"]
    assert len(creases) == 20 and not any(line.times for line in creases)
