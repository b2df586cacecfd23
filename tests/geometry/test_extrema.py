"""Where slopes turn, in closed form or by SciPy's own search."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]

from warpviz.geometry.extrema import monotone_nodes, slope_events
from warpviz.model.activations import ACTIVATIONS


def test_gelu_turns_at_the_roots_of_two() -> None:
    # (z Φ)'' = φ (2 − z²).
    at, least, largest = slope_events(ACTIVATIONS["gelu"], -4.0, 4.0)
    assert at == pytest.approx([-np.sqrt(2), np.sqrt(2)], abs=1e-6)
    assert (least == largest).all()
    assert largest == pytest.approx(ACTIVATIONS["gelu"].derivative(at))
    assert len(slope_events(ACTIVATIONS["gelu"], -1.4, 1.4)[0]) == 0


@pytest.mark.parametrize("name", ["tanh", "sigmoid"])
def test_squashers_are_steepest_in_the_middle(name: str) -> None:
    at, _, largest = slope_events(ACTIVATIONS[name], -2.9, 3.3)
    assert at == pytest.approx([0.0], abs=1e-6)
    assert largest == pytest.approx([1.0 if name == "tanh" else 0.25])


def test_the_sine_turns_at_every_half_turn() -> None:
    at, _, largest = slope_events(ACTIVATIONS["sin"], -10.0, 10.0)
    assert at == pytest.approx(np.arange(-3, 4) * np.pi, abs=1e-6)
    assert largest == pytest.approx([-1, 1, -1, 1, -1, 1, -1])


def test_silu_turns_where_scipy_finds_it() -> None:
    silu = ACTIVATIONS["silu"]
    at, _, _ = slope_events(silu, -6.0, 6.0)
    for sign, place in ((-1, at[-1]), (1, at[0])):
        found = minimize_scalar(
            lambda z, sign=sign: sign * float(silu.derivative(np.array([z]))[0]),
            bracket=(-3.0, -2.0) if sign > 0 else (2.0, 3.0),
        )
        assert place == pytest.approx(found.x, abs=1e-6)


def test_straight_pieces_jump() -> None:
    leaky = ACTIVATIONS["leaky_relu"]
    at, least, largest = slope_events(leaky, -1.0, 1.0)
    assert (at.tolist(), largest.tolist()) == ([0.0], [1.0]) and 0 < least[0] < 1
    assert len(slope_events(leaky, 0.5, 1.0)[0]) == 0
    assert len(slope_events(ACTIVATIONS["identity"], -1.0, 1.0)[0]) == 0


CURVED = [name for name, record in ACTIVATIONS.items() if record.breakpoints is None]


@pytest.mark.parametrize("name", CURVED)
def test_between_nodes_slopes_go_one_way(name: str) -> None:
    function = ACTIVATIONS[name]
    nodes = monotone_nodes(function, (-5.0, 5.0))
    assert nodes[0] == -5.0 and nodes[-1] == 5.0 and (np.diff(nodes) > 0).all()
    inside = nodes[:-1, None] + np.diff(nodes)[:, None] * np.linspace(0, 1, 9)[1:-1]
    low, high = (function.derivative(ends) for ends in (nodes[:-1], nodes[1:]))
    between = function.derivative(inside.ravel()).reshape(inside.shape)
    jump = np.isin(nodes[:-1], function.sharp) | np.isin(nodes[1:], function.sharp)
    assert (between >= np.minimum(low, high)[:, None] - 1e-12)[~jump].all()
    assert (between <= np.maximum(low, high)[:, None] + 1e-12)[~jump].all()
