"""A quick sample of `python -m tests.promises`."""

import pytest

from tests.promises import CAN, LEARNT, SHORT, share_of
from warpviz.data import DATASETS

NAMES = tuple(DATASETS)
# Once round the table, so that each data set and each activation is met.
ROUND = [(NAMES[k % len(NAMES)], CAN[k % len(CAN)], k % 10) for k in range(len(CAN))]
# These ended at 50 to 77 % once: with the norm penalty at 0, and with layers that cannot.
ONCE_LOST = [
    ("rings", "sigmoid", 4),
    ("circles", "sigmoid", 2),
    ("xor", "sigmoid", 4),
    ("spirals", "relu", 0),
    ("checkerboard", "tanh", 0),
    # The most arms, and the most blobs: these overlapped once.
    ("spirals:12", "tanh", 0),
    ("blobs:12", "relu", 0),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "activation", "seed"), ROUND + ONCE_LOST)
def test_the_default_command_separates_what_is_offered(
    name: str, activation: str, seed: int
) -> None:
    assert share_of(name, activation, seed) >= LEARNT


def test_the_sample_meets_everything() -> None:
    assert {name for name, _, _ in ROUND} == set(NAMES)
    assert {activation for _, activation, _ in ROUND} == set(CAN)
    assert not {(name, activation) for name, activation, _ in ROUND} & SHORT
