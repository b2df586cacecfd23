"""What is said of stops whose classes a line, a plane, or nothing straight tells apart."""

import numpy as np
import numpy.typing as npt

from tests.film.words.lessons.told import CORNERS, told
from tests.geometry.nets import dense
from warpviz.data import Dataset
from warpviz.model import Chain


def labelled(x: npt.ArrayLike, y: list[int]) -> Dataset:
    return Dataset(np.asarray(x), np.asarray(y))


def corner_xor() -> Dataset:
    return labelled(CORNERS, [0, 1, 1, 0])


def test_the_stop_from_which_a_line_separates() -> None:
    # XOR by hand: relu(s) and relu(s − 1) of the sum s of both, s in −2, 0, 2.
    chain = Chain(
        [
            dense(np.array([[1, 1], [1, 1], [0, 0]]), [1, -1, 1], "relu"),
            dense(np.array([[0, 0, 0], [1, -3, -0.5]]), [0, 0]),
        ]
    )
    stops = [each[0] for each in told(chain, corner_xor()).stops]
    assert stops[0] == "the best line gets 75.0 % of the points right"
    assert stops[1] == "the best plane gets 75.0 % of the points right"
    assert stops[2] == "from here a flat plane separates the classes"
    assert stops[3] == "the line z₁ = z₂ separates the classes"


def test_here_is_said_where_the_next_layer_ruins_it() -> None:
    lift = dense(np.array([[1, 1], [1, 1], [0, 0]]), [1, -1, 1], "relu")
    chain = Chain([lift, dense(np.zeros((2, 3)), [0, 0]), dense(np.eye(2), [0, 0])])
    stops = [each[0] for each in told(chain, corner_xor()).stops]
    assert stops[2] == "here a flat plane separates the classes"
    assert stops[3] == "the best line gets 50.0 % of the points right"


def test_from_here_is_not_said_where_it_does_not_last() -> None:
    data = labelled([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 1.0]], [0, 0, 1, 1])
    chain = Chain([dense(np.eye(2), [0, 0]), dense(np.array([[0, 0], [0, 1.0]]), [0, 0])])
    stops = [each[0] for each in told(chain, data).stops]
    assert stops[0] == "a straight line separates the classes"
    assert stops[1] == "a straight line still separates the classes"
    assert stops[2] == "the line z₁ = z₂ gets 75.0 % of the points right"
    chain = Chain([*chain, dense(np.eye(2), [0, 0])])
    assert told(chain, data).stops[2][0] == "the best line gets 75.0 % of the points right"
    late = Chain([dense(np.eye(2), [0, 0]), *chain])
    assert "from here" not in " ".join(each[0] for each in told(late, data).stops)


def test_more_than_two_classes_have_several_lines() -> None:
    data = labelled([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]], [0, 1, 2])
    last = dense(np.array([[-1, -1], [1, 0], [0, 1.0]]), [0.5, 0, 0])
    chain = Chain([dense(np.eye(2), [0, 0]), last])
    stops = told(chain, data).stops
    assert stops[0][0] == "straight lines separate the classes"
    assert stops[-1][0] == "the largest z is right for 100.0 % of the points"
