"""Linear models of scikit-learn, of whatever kind: what they tell of rows is tried out.

A classifier's scores become logits. Where its probabilities are their softmax, a softmax closes
the chain; where it has others, or none, the chain ends in the scores, whose largest is its class.
"""

import warnings
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.convert.linear.affine import affine_of
from warpviz.model.layers import Dense, Layer, Softmax

MOST = 6
"""Of more classes only so many are compared with each other."""
EACH = 8
"""Points for each two classes."""
SCORES = ("decision_function", "predict_joint_log_proba")
"""Methods of classifiers that give a score for each class, or one for the second of two."""


def linear_layers(model: Any) -> list[Layer] | None:
    """The layers of a fitted linear classifier or regressor; None of what is not linear."""
    from sklearn.base import is_classifier, is_regressor  # type: ignore[import-untyped]

    width = getattr(model, "n_features_in_", 0)
    if is_regressor(model):
        found = affine_of(rows_through(model, "predict"), width)
        return None if found is None else [Dense(*found)]
    if not is_classifier(model) or np.asarray(model.classes_, dtype=object).ndim != 1:
        return None
    for scores in _scores(model):
        # What all scores share tells no classes apart, however it bends.
        for told in (scores, lambda x, scores=scores: scores(x) - scores(x)[:, :1]):
            found = affine_of(told, width)
            if found is not None and len(found[0]) in (1, len(model.classes_)):
                last = Dense(*two_logits(*found))
                points = _telling(last)
                likeliest = model.classes_[last(points).argmax(axis=1)]
                if np.array_equal(likeliest, rows_through(model, "predict", None)(points)):
                    return [last, Softmax()] if _softmax_closes(model, last, points) else [last]
    return None


def _scores(model: Any) -> Iterator[Callable[[Floats], Floats]]:
    """Functions of rows that give a score for each class, or one for the second of two."""
    for name in SCORES:
        if hasattr(model, name):
            yield rows_through(model, name)
    if hasattr(model, "centroids_"):  # the nearest is that of the largest x·c − |c|²/2
        centres = np.asarray(model.centroids_, dtype=np.float64)
        yield lambda x: x @ centres.T - (centres**2).sum(axis=1) / 2


def _telling(scores: Dense) -> Floats:
    """Points where two of the classes have scores near 0: there a softmax is not flat."""
    chance = np.random.default_rng(0)
    points = []
    for i, j in combinations(range(min(scores.n_out, MOST)), 2):
        rows = [i, j]
        wanted = chance.uniform(-1.5, 1.5, size=(EACH, 2)) - scores.bias[rows]
        points.append(wanted @ np.linalg.pinv(scores.weight[rows]).T)
    return np.concatenate(points)


def two_logits(weight: Floats, bias: Floats) -> tuple[Floats, Floats]:
    """A single output z as logits (0, z): σ(z) says the same; others as they are."""
    if len(weight) > 1:
        return weight, bias
    return np.vstack([0 * weight, weight]), np.append(0.0, bias)


def _softmax_closes(model: Any, scores: Dense, points: Floats) -> bool:
    """Whether a classifier's probabilities are the softmax of its scores."""
    if not hasattr(model, "predict_proba"):
        return False
    found = rows_through(model, "predict_proba")(points)
    return bool(np.allclose(found, Softmax()(scores(points)), 1e-6, 1e-9))


def rows_through(
    model: Any, method: str, kind: type | None = float
) -> Callable[[Floats], npt.NDArray[Any]]:
    """A method of a fitted estimator as a function of arrays, whatever it takes and gives."""
    call, names = getattr(model, method), getattr(model, "feature_names_in_", None)

    def through(rows: Floats) -> Floats:
        given: Any = rows
        if names is not None:
            import pandas as pd  # type: ignore[import-untyped]

            given = pd.DataFrame(rows, columns=names)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of numbers that are no data
            found = call(given)
        found = np.asarray(found.toarray() if hasattr(found, "toarray") else found, dtype=kind)
        return found[:, None] if found.ndim == 1 and kind is not None else found

    return through


def inside(step: Any) -> Iterator[Any]:
    """An estimator and all that it is made of."""
    yield step
    for name in ("steps", "transformers_", "transformer_list"):
        for _, part, *_ in getattr(step, name, ()):
            if not isinstance(part, str) and part is not None:
                yield from inside(part)
