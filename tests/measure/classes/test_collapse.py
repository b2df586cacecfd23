import numpy as np
import pytest

from warpviz.measure.classes.collapse import off_centre, self_duality, simplex


def frame(count: int, width: int, seed: int = 0) -> np.ndarray:
    """The corners (C, D) of a regular simplex, somewhere, turned and scaled."""
    rng = np.random.default_rng(seed)
    corners = np.eye(count) - 1 / count
    turned = np.linalg.qr(rng.normal(size=(width, width)))[0][:, :count]
    return np.asarray(7.0 * corners @ turned.T + rng.normal(size=width))


@pytest.mark.parametrize(("count", "width"), [(2, 2), (3, 3), (4, 9), (10, 12)])
def test_simplex_frames_have_nc2_of_zero(count: int, width: int) -> None:
    labels = np.repeat(np.arange(count), 2)
    corners = frame(count, width)
    # Each class two points about its corner, and of unequal numbers too.
    states = np.repeat(corners, 2, axis=0) + np.tile([[1.0], [-1.0]], (count, 1)) * 0.3
    for x, y in ((states, labels), (np.vstack([states, states[:2]]), np.append(labels, [0, 0]))):
        found = simplex(x, y)
        assert found is not None
        assert found == (0.0, 0.0, 0.0)


def test_a_triangle_that_is_not_regular() -> None:
    # Means 2, 0 | −1, √3 | −1, −√3 are a frame; the third is moved inwards to half its length.
    third = np.sqrt(3.0)
    found = simplex(np.array([[2.0, 0.0], [-1.0, third], [-1.0, -third]]) / 2, np.arange(3))
    assert found is not None and max(found) < 1e-15
    means = np.array([[3.0, 0.0], [-1.0, 2.0], [-2.0, -2.0]])
    found = simplex(means, np.arange(3))
    lengths = np.sqrt([9.0, 5.0, 8.0])
    cosines = np.array([-3 / np.sqrt(45), -6 / np.sqrt(72), -2 / np.sqrt(40)])
    assert found == pytest.approx(
        (lengths.std() / lengths.mean(), cosines.std(), np.abs(cosines + 0.5).mean())
    )


def test_nc2_of_classes_without_a_direction_is_none() -> None:
    assert simplex(np.array([[-1.0], [0.0], [1.0]]), np.arange(3)) is None
    assert simplex(np.ones((4, 2)), np.array([0, 0, 1, 1])) is None
    assert simplex(np.eye(3), np.zeros(3, dtype=int)) is None


def test_self_duality() -> None:
    x, y = frame(3, 4), np.arange(3)
    centred = x - x.mean(axis=0)
    assert self_duality(x, y, 1e200 * centred) == pytest.approx(0.0, abs=1e-30)
    assert self_duality(x, y, -centred) == pytest.approx(4.0)
    other = np.random.default_rng(1).normal(size=(3, 4))
    cosine = np.sum(other * centred) / np.linalg.norm(other) / np.linalg.norm(centred)
    assert self_duality(x, y, other) == pytest.approx(2 - 2 * cosine)
    assert self_duality(x, y, 0 * other) is None
    assert self_duality(np.ones((3, 4)), y, other) is None
    assert self_duality(x, y, other[:2]) is None


def test_the_nearest_mean_against_all_distances() -> None:
    rng = np.random.default_rng(2)
    y = rng.integers(0, 3, 200)
    x = rng.normal(size=(200, 5)) + np.eye(5)[y]
    means = np.array([x[y == label].mean(axis=0) for label in range(3)])
    nearest = np.linalg.norm(x[:, None] - means, axis=2).argmin(axis=1)
    decisions = rng.integers(0, 3, 200)
    assert off_centre(x, y, decisions) == np.mean(nearest != decisions)
    assert off_centre(x, y, nearest) == 0.0
    assert off_centre(np.ones((200, 5)), y, decisions) is None
