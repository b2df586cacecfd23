"""Whether a line, plane or hyperplane separates classes: every answer carries a proof."""

import numpy as np
import pytest

from tests.measure.proofs import check_proof, random_state, standardised
from warpviz.arrays import Floats, Ints
from warpviz.measure.separability import Meeting, Separator, separate


@pytest.mark.many(quick=4)
@pytest.mark.parametrize("seed", range(0, 400, 8))
def test_every_answer_carries_a_valid_proof(seed: int) -> None:
    for s in range(seed, seed + 8):
        states, labels = random_state(s)
        check_proof(separate(states, labels), states, labels)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Solver terminated early")
def test_agrees_with_the_support_vector_machine_of_scikit_learn() -> None:
    svm = pytest.importorskip("sklearn.svm")
    answers = []
    for seed in range(1500):
        states, labels = random_state(seed)
        if len(np.unique(labels)) != 2 or len(states) > 40:
            continue
        z = standardised(states)
        # The stronger the machine the narrower a gap it finds, but the longer it may take.
        machines = (
            svm.SVC(kernel="linear", C=10.0**power, tol=1e-5, max_iter=20_000)
            for power in (3, 6, 9)
        )
        expected = any(machine.fit(z, labels).score(z, labels) == 1 for machine in machines)
        answers.append(separate(states, labels).separable)
        assert answers[-1] == expected, seed
    assert len(answers) >= 300
    assert 0.2 < np.mean(answers) < 0.8


@pytest.mark.slow
def test_agrees_with_linear_programming_for_many_classes() -> None:
    pytest.importorskip("sklearn")
    optimize = pytest.importorskip("scipy.optimize")
    answers = []
    for seed in range(400):
        states, labels = random_state(seed)
        classes, index = np.unique(labels, return_inverse=True)
        if len(classes) < 2:
            continue
        z = standardised(states)
        z = np.column_stack([z, np.ones(len(z))])
        one = np.eye(len(classes))
        pairs = [(i, j) for i in range(len(z)) for j in range(len(classes)) if j != index[i]]
        rows = np.array([np.kron(one[index[i]] - one[j], z[i]) for i, j in pairs])
        # The widest smallest lead of weights in [−1, 1]: 0 when nothing separates.
        n = rows.shape[1]
        found = optimize.linprog(
            np.append(np.zeros(n), -1),
            A_ub=np.column_stack([-rows, np.ones(len(rows))]),
            b_ub=np.zeros(len(rows)),
            bounds=[(-1, 1)] * n + [(0, 1)],
        )
        answers.append(separate(states, labels).separable)
        assert answers[-1] == (-found.fun > 1e-8), seed
    assert len(answers) >= 300
    assert 0.2 < np.mean(answers) < 0.8


@pytest.mark.parametrize("gap", [1e-2, 1e-5, 1e-8])
@pytest.mark.parametrize("width", [1, 3])
def test_a_narrow_gap_is_found_and_its_closing_too(gap: float, width: int) -> None:
    rng = np.random.default_rng(width)
    states = rng.uniform(-1, 1, size=(600, width))
    labels = (states[:, 0] > 0).astype(np.int64)
    states[:, 0] += np.where(labels, gap, -gap)
    turned = states @ np.linalg.qr(rng.normal(size=(width, width)))[0]
    proof = separate(turned, labels)
    assert isinstance(proof, Separator)
    check_proof(proof, turned, labels)
    touching = np.vstack([turned, turned[:1]])
    proof = separate(touching, np.append(labels, 1 - labels[0]))
    assert isinstance(proof, Meeting)
    check_proof(proof, touching, np.append(labels, 1 - labels[0]))


def saturated(rng: np.random.Generator, n: int, width: int) -> tuple[Floats, Ints]:
    states = np.tanh(20 * rng.normal(size=(n, width)))
    labels = np.argmax(states @ rng.normal(size=(width, 4)) + rng.normal(size=4), axis=1)
    labels[:2] = labels[1::-1]
    return states, labels


@pytest.mark.slow
def test_saturated_states_whose_classes_nearly_touch_have_proofs_too() -> None:
    # Points crowd into the corners of a cube, at distances from each other down to 1e-9.
    rng = np.random.default_rng(0)
    answers = []
    for _ in range(400):
        n, width = int(rng.integers(20, 60)), int(rng.integers(1, 6))
        states, labels = saturated(rng, n, width)
        proof = separate(states, labels)
        answers.append(proof.separable)
        if len(np.unique(labels)) > 1:
            check_proof(proof, states, labels)
    assert 0.1 < np.mean(answers) < 0.9


@pytest.mark.parametrize("seed", [828, 4533, 4620])
def test_the_search_goes_on_while_only_the_direction_still_turns(seed: int) -> None:
    # Found by search: here the distance to 0 reaches its last digit before there is a proof.
    rng = np.random.default_rng(seed)
    states, labels = saturated(rng, 40, 2)
    check_proof(separate(states, labels), states, labels)


def test_three_classes_may_be_apart_in_pairs_but_not_all_at_once() -> None:
    # A pinwheel of three bars: a line parts each pair, but the three lines of one affine layer
    # would have to meet in a point.
    turn = 2 * np.pi / 3 * np.arange(3)[:, None]
    wheel = (np.array([-0.5 + 0.3j, 3 + 0.3j]) * np.exp(1j * turn)).ravel()
    states, labels = np.column_stack([wheel.real, wheel.imag]), np.repeat([0, 1, 2], 2)
    proof = separate(states, labels)
    assert isinstance(proof, Meeting)
    check_proof(proof, states, labels)
    for c in range(3):
        pair = labels != c
        assert separate(states[pair], labels[pair]).separable


@pytest.mark.parametrize("last", [9.0, -9.0])
def test_a_point_shared_by_two_classes_is_its_own_proof(last: float) -> None:
    states = np.array([[0.0, 1.0], [2.0, 3.0], [2.0, 3.0], [last, 9.0]])
    proof = separate(states, np.array([0, 0, 1, 1]))
    assert isinstance(proof, Meeting)
    assert set(proof.points.tolist()) == {1, 2}
    np.testing.assert_allclose(proof.weights, 0.5)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e300, 1e-300])
def test_a_state_collapsed_to_a_point_is_not_separable(value: float) -> None:
    proof = separate(np.full((6, 2), value), np.array([0, 1, 2, 0, 1, 2]))
    assert isinstance(proof, Meeting)
    assert proof.residual < 1e-12


def test_one_class_has_no_rival() -> None:
    assert separate(np.zeros((3, 2)), np.zeros(3, dtype=np.int64)).separable


def test_exclusive_or_stays_inseparable_on_a_tilted_plane_in_space() -> None:
    # Rounding lifts the four corners off their plane; that must not count as a dimension.
    corners = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
    labels = np.array([0, 0, 1, 1])
    for seed in range(50):
        rng = np.random.default_rng(seed)
        lifted = corners @ rng.normal(size=(2, 4)) + rng.normal(size=4)
        assert not separate(lifted, labels).separable


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("shift", [0.0, 1e3, 1e7])
@pytest.mark.parametrize("scale", [1e-200, 1e-6, 1.0, 1e200])
def test_affine_maps_change_no_answer(shift: float, scale: float) -> None:
    for seed in range(30):
        states, labels = random_state(seed)
        shear = np.random.default_rng(seed).normal(size=(states.shape[1],) * 2)
        moved = (standardised(states) @ shear + shift) * scale
        assert separate(moved, labels).separable == separate(states, labels).separable


def test_a_false_proof_is_refused() -> None:
    states = np.array([[0.0], [1.0], [2.0], [3.0]])
    labels = np.array([0, 0, 1, 1])
    good = separate(states, labels)
    assert isinstance(good, Separator)
    assert good.check(states, labels) > 0
    crossed = np.array([0, 1, 0, 1])
    assert good.check(states, crossed) < 0
    meeting = separate(states, crossed)
    assert isinstance(meeting, Meeting)
    assert meeting.check(states, crossed) < 1e-12
    apart = Meeting(np.array([0, 3]), np.array([1, 0]), np.array([0.5, 0.5]))
    assert apart.check(states, crossed) > 0.1
