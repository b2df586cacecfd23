import numpy as np
import pytest

import warpviz as wv
from warpviz.data.labels import are_few, are_targets, labelled
from warpviz.errors import WarpvizError

X = np.random.default_rng(0).normal(size=(120, 2))


def kind_of(labels: list[object] | np.ndarray, **asked: str) -> str:
    data = labelled(X[: len(labels)], list(labels), "d", **asked)
    return "regression" if data.targets is not None else f"{data.n_classes} classes"


def test_the_rule() -> None:
    n = np.arange(120)
    assert kind_of(n % 50) == "50 classes" and kind_of(n % 51) == "regression"
    assert kind_of(n[:20] % 10) == "10 classes" and kind_of(n[:10]) == "10 classes"
    assert kind_of(n[:21] % 11) == "regression" and kind_of(n[:22] % 11) == "11 classes"
    assert kind_of(n % 3 + 0.5) == "regression"
    assert kind_of(n % 51, kind="classes") == "51 classes"
    assert kind_of(n % 3, kind="regression") == "regression"
    assert kind_of([f"k{i}" for i in n]) == "120 classes"
    assert are_few(50, 100) and not are_few(51, 1000) and not are_targets(np.array([1.0, 2.0]))


def test_one_number_is_one_class_however_it_is_written() -> None:
    data = labelled(X[:6], ["1", "1.0", "1.000e+00", "+1", "0", "-0.0"], "d")
    assert data.class_names == ("0", "1") and data.y.tolist() == [1, 1, 1, 1, 0, 0]
    assert labelled(X[:2], ["0.50", "1/2"], "d").class_names == ("0.50", "1/2")
    assert labelled(X[:3], [True, False, True], "d").class_names == ("False", "True")


def test_the_rule_is_told_with_the_flag_that_turns_it() -> None:
    for labels, told in (
        ([1, 2, 1], "2 different whole numbers, so they are classes; --regression makes them"),
        ([1.5, 2, 1], "numbers with a fraction, so this is a regression; --classes makes each"),
        (list(range(60)), "60 different numbers, so this is a regression; --classes makes each"),
    ):
        assert told in labelled(X[: len(labels)], labels, "d").notes[0]
    assert labelled(X[:2], ["cat", "dog"], "d").notes == ()
    assert labelled(X[:2], [1, 2], "d", kind="classes").notes == ()


def test_words_are_no_numbers_to_be_met() -> None:
    with pytest.raises(
        WarpvizError, match=r"no numbers for a regression \(such as 'dog'\); choose"
    ):
        labelled(X[:2], ["1", "dog"], "d", kind="regression")


@pytest.mark.parametrize("labels", [[1, 2, 1, 2], [-1, 1, 1, -1], [2, 4, 4, 2], [5.0, 7.0, 5, 7]])
def test_labels_that_do_not_count_from_0_are_two_classes(labels: list[float]) -> None:
    names = tuple(str(int(value)) for value in sorted(set(labels)))
    places = [sorted(set(labels)).index(value) for value in labels]
    x, y = X[:4], np.array(labels)
    film = wv.animate(wv.mlp([2, 3, 2], "tanh"), x, y, size=(240, 180))
    assert film.scene.class_names == names
    for data in (wv.load_data((x, labels)), wv.Dataset(x, y)):
        assert data.class_names == names and data.y.tolist() == places


def test_of_more_outputs_labels_are_places() -> None:
    chain = wv.mlp([2, 3, 3], "tanh")
    film = wv.animate(chain, X[:4], [1, 2, 1, 2], size=(240, 180))
    assert film.scene.class_names == ("0", "1", "2")
    assert wv.Dataset(X[:4], np.array([0, 2, 0, 2])).n_classes == 3
