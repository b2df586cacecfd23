"""scikit-learn models to chains: networks, linear models, what is affine before them."""

from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.convert.linear.affine import affine_of
from warpviz.convert.linear.models import inside, linear_layers, rows_through, two_logits
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Layer, Softmax

ACTIVATIONS = {"identity": "identity", "logistic": "sigmoid", "tanh": "tanh", "relu": "relu"}
"""scikit-learn's names → ours."""


def chain_of(model: Any) -> Chain:
    """The chain of a fitted estimator or pipeline, or of the best that a search has found.

    Raises:
        WarpvizError: it is not fitted, or a step of it is no chain; the step is named.
    """
    from sklearn.exceptions import NotFittedError  # type: ignore[import-untyped]
    from sklearn.pipeline import Pipeline  # type: ignore[import-untyped]
    from sklearn.utils.validation import check_is_fitted  # type: ignore[import-untyped]

    try:
        check_is_fitted(model)
        # Older releases of skorch do not tell.
        if hasattr(model, "initialize_module") and not hasattr(model, "module_"):
            raise NotFittedError
    except (NotFittedError, TypeError):
        raise WarpvizError(
            f"to_chain expects a fitted {type(model).__name__}; call its fit(x, y) first."
        ) from None
    if not isinstance(model, Pipeline):
        return Chain(_layers(model, type(model).__name__))
    *before, (name, last) = _flat_steps(model)
    folded = _folded([step for step in before if step[1] not in (None, "passthrough")])
    return Chain([*folded, *_layers(last, f"step '{name}' of the pipeline")])


def _flat_steps(model: Any) -> list[tuple[str, Any]]:
    """The steps of a pipeline, those of pipelines in it in their place."""
    steps: list[tuple[str, Any]] = []
    for name, step in model.steps:
        steps += _flat_steps(step) if hasattr(step, "steps") else [(name, step)]
    return steps


def _layers(model: Any, place: str) -> list[Layer]:
    kind = type(model).__name__
    if kind == "WarpClassifier":
        return list(model.chain_)
    if kind in ("MLPClassifier", "MLPRegressor"):
        return _network(model, place)
    if hasattr(model, "initialize_module"):  # of skorch
        from warpviz.convert.from_torch import chain_of as chain_of_module

        return list(chain_of_module(model.module_))
    if kind == "FrozenEstimator":
        return list(chain_of(model.estimator))
    if hasattr(model, "cv_results_"):
        if not hasattr(model, "best_estimator_"):
            raise WarpvizError(
                f"Cannot translate {kind} ({place}): it has not kept its best estimator; search "
                "with refit=True."
            )
        return list(chain_of(model.best_estimator_))
    if kind == "TransformedTargetRegressor" and hasattr(model, "transformer_"):
        back = affine_of(rows_through(model.transformer_, "inverse_transform"), 1)
        if back is not None:
            return [*_layers(model.regressor_, place), Dense(*back)]
    if (found := linear_layers(model)) is not None:
        return found
    raise WarpvizError(f"Cannot translate {kind} ({place}): {_why_no_chain(model)}.")


def _why_no_chain(model: Any) -> str:
    from sklearn.base import is_regressor  # type: ignore[import-untyped]

    if getattr(model, "kernel", None) == "linear" and len(getattr(model, "classes_", ())) > 2:
        return (
            f"it has each two of its {len(model.classes_)} classes vote, and votes are no affine "
            "map of the features; fit LinearSVC, or OneVsRestClassifier(SVC(kernel='linear'))"
        )
    if is_regressor(model) and hasattr(model, "coef_") and not np.any(model.coef_):
        return (
            "its coefficients are all 0, so that it gives the same number whatever the features "
            "are, and there is nothing to film; fit it with a weaker penalty, such as a smaller "
            "alpha"
        )
    return (
        "what it tells is no affine map of the features, and a chain is made of affine maps and "
        "activations; use a linear model, MLPClassifier or MLPRegressor, after scalers or PCA"
    )


def _network(model: Any, place: str) -> list[Layer]:
    weights = [np.array(w, dtype=float).T for w in model.coefs_]
    biases = [np.array(b, dtype=float) for b in model.intercepts_]
    hidden = ACTIVATIONS[model.activation]
    layers: list[Layer] = [
        Dense(weight, bias, hidden) for weight, bias in zip(weights[:-1], biases[:-1], strict=True)
    ]
    out = model.out_activation_
    if out == "identity":
        return [*layers, Dense(weights[-1], biases[-1])]
    if out not in ("softmax", "logistic"):
        raise WarpvizError(
            f"Cannot translate {type(model).__name__} ({place}): its output goes through {out}, "
            "which no layer of a chain does; fit it with the squared error."
        )
    if out == "logistic" and len(weights[-1]) > 1:
        raise WarpvizError(
            f"Cannot translate {type(model).__name__} ({place}): several labels at once are no "
            "classes of which one is true; fit it on single labels."
        )
    return [*layers, *_decision(weights[-1], biases[-1])]


def _decision(weight: Floats, bias: Floats) -> list[Layer]:
    """The last map and a softmax."""
    return [Dense(*two_logits(weight, bias)), Softmax()]


def _folded(steps: list[tuple[str, Any]]) -> list[Layer]:
    """Scalers and projections before a model, as one affine layer."""
    weight: Floats | None = None
    bias: Floats | None = None
    for name, step in steps:
        own, shift = _affine(step, name)
        if weight is None or bias is None:
            weight, bias = own, shift
        else:
            weight, bias = own @ weight, own @ bias + shift
    return [] if weight is None or bias is None else [Dense(weight, bias)]


def _affine(step: Any, name: str) -> tuple[Floats, Floats]:
    """A fitted transformer as W, b."""
    kind = type(step).__name__
    if kind == "StandardScaler":
        size = step.n_features_in_
        scale = np.ones(size) if step.scale_ is None else np.array(step.scale_, dtype=float)
        mean = np.array(step.mean_, dtype=float) if step.with_mean else np.zeros(size)
        return np.diag(1.0 / scale), -mean / scale
    if kind == "PCA":
        weight = np.array(step.components_, dtype=float)
        if step.whiten:
            weight = weight / np.sqrt(np.array(step.explained_variance_, dtype=float))[:, None]
        return weight, -weight @ np.array(step.mean_, dtype=float)
    categories = any(hasattr(one, "categories_") for one in inside(step))
    found = None if categories else affine_of(rows_through(step, "transform"), step.n_features_in_)
    if found is None:
        raise WarpvizError(
            f"Cannot translate {kind} (step '{name}' of the pipeline): it is no affine map of its "
            "features, as scalers and PCA are; apply it to the data before, and give the steps "
            "behind it."
        )
    return found
