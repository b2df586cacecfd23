import numpy as np
import pytest

from warpviz.studies.charts.wilson import wilson


@pytest.mark.parametrize("count", [1, 3, 10, 50])
def test_the_ends_are_where_a_score_test_just_rejects(count: int) -> None:
    # The interval holds every share π with |p − π| ≤ z √(π(1 − π)/n): its ends solve the equation.
    for hits in range(count + 1):
        low, high = wilson(hits, count)
        assert 0 <= low <= hits / count <= high <= 1
        for end in {low, high} - {0.0, 1.0}:
            z = abs(hits / count - end) / np.sqrt(end * (1 - end) / count)
            assert z == pytest.approx(1.959964, abs=1e-5)


def test_published_intervals() -> None:
    # Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
    published = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605),
                 (0, 20): (0.0000, 0.1611), (1, 29): (0.0061, 0.1718)}  # fmt: skip
    for (hits, count), expected in published.items():
        assert wilson(hits, count) == pytest.approx(expected, abs=6e-5)
