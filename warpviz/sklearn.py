"""Our chain as a scikit-learn estimator, and a display of its states.

pip install 'warpviz[sklearn]'
"""

from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from warpviz.convert.pairing import as_dataset
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.figures.state import plot_state
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.model.layers import Dense
from warpviz.training.loop import train

try:
    from sklearn.base import (  # type: ignore[import-untyped]
        BaseEstimator,
        ClassifierMixin,
    )
    from sklearn.utils.multiclass import (  # type: ignore[import-untyped]
        check_classification_targets,
    )
    from sklearn.utils.validation import (  # type: ignore[import-untyped]
        check_is_fitted,
        check_random_state,
        validate_data,
    )
except ImportError as error:  # pragma: no cover - the extra is installed where this is tested
    raise ImportError(
        "warpviz.sklearn needs scikit-learn 1.6 or newer: pip install 'warpviz[sklearn]'."
    ) from error

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class WarpClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A small network, trained whole-batch from several starts, that can be filmed.

    Features are standardised; the scaling is folded into the chain's first layer, so that
    `chain_` takes the data as it is.

    Args:
        hidden: widths of the hidden layers, or the width of one.
        activation: of the hidden layers, a name of `ACTIVATIONS`; or a name for each.
        optimizer: a name of `warpviz list optimizers`.
        learning_rate: length of a step; None is the optimizer's own.
        epochs: gradients at most; None is as many as the optimizer takes.
        starts: from how many weights; the best is kept.
        random_state: a seed, a generator of numpy, or None for chance.

    Attributes:
        classes_: (C,) the labels, sorted.
        chain_: from features to probabilities.
        history_: losses and parameters on the way, of the standardised problem.
        n_features_in_: how many features there were.

    >>> from sklearn.datasets import make_moons
    >>> x, y = make_moons(200, noise=0.1, random_state=0)
    >>> WarpClassifier(hidden=(4,), random_state=0).fit(x, y).score(x, y) > 0.95
    True
    """

    def __init__(
        self,
        hidden: tuple[int, ...] | int = (3, 3),
        activation: str | list[str] = "relu",
        *,
        optimizer: str = "lbfgs",
        learning_rate: float | None = None,
        epochs: int | None = None,
        starts: int = 8,
        random_state: Any = 0,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.starts = starts
        self.random_state = random_state

    def fit(self, X: npt.ArrayLike, y: npt.ArrayLike) -> Self:
        """Train on X (N, D ≥ 2) and labels y (N,) of two classes or more."""
        x, labels = validate_data(
            self, X, y, dtype=np.float64, ensure_min_samples=2, ensure_min_features=2
        )
        check_classification_targets(labels)
        self.classes_, index = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise WarpvizError("WarpClassifier expects two classes or more, got 1 class.")
        mean, scale = x.mean(axis=0), x.std(axis=0)
        scale[scale < 1e-12 * np.maximum(np.abs(mean), 1.0)] = 1.0
        seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        hidden = (self.hidden,) if isinstance(self.hidden, int) else self.hidden
        start = mlp([x.shape[1], *hidden, len(self.classes_)], self.activation, seed=seed)
        data = Dataset((x - mean) / scale, index, tuple(map(str, self.classes_)))
        fit = train(
            start, data, optimizer=self.optimizer, learning_rate=self.learning_rate,
            epochs=self.epochs, starts=self.starts, seed=seed,
        )  # fmt: skip
        self.chain_ = _on_raw(fit.chain, mean, scale)
        self.history_ = fit.history
        return self

    def predict_proba(self, X: npt.ArrayLike) -> Any:
        """(N, C) probability of each class."""
        check_is_fitted(self)
        return self.chain_(validate_data(self, X, dtype=np.float64, reset=False))

    def predict(self, X: npt.ArrayLike) -> Any:
        """(N,) the likeliest class of each point."""
        likeliest = self.predict_proba(X).argmax(axis=1)
        return self.classes_[likeliest]


def _on_raw(chain: Chain, mean: Any, scale: Any) -> Chain:
    """A chain for standardised features as one for the features themselves."""
    first = chain[0]
    assert isinstance(first, Dense)
    weight = first.weight / scale
    return Chain([Dense(weight, first.bias - weight @ mean, first.activation), *list(chain)[1:]])


class WarpDisplay:
    """One state of a model, drawn with matplotlib.

    Attributes:
        ax_: the axes.
        figure_: their figure.
    """

    def __init__(self, chain: Chain, data: Dataset, layer: int) -> None:
        """Show the state of data after `layer` steps of the split chain."""
        self.chain = chain
        self.data = data
        self.layer = layer
        self.ax_: Axes | None = None
        self.figure_: Figure | None = None

    def plot(self, *, ax: "Axes | None" = None, **look: Any) -> Self:
        """Draw it; `look` are further arguments of `plot_state`."""
        self.ax_ = plot_state(self.chain, self.data, self.layer, ax, **look)
        # The figure of a figure is the whole one, of a part too, in every matplotlib.
        self.figure_ = self.ax_.figure.figure
        return self

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: npt.ArrayLike,
        y: npt.ArrayLike,
        *,
        layer: int = 1,
        ax: "Axes | None" = None,
        **look: Any,
    ) -> Self:
        """Draw the state of data in a fitted model that `to_chain` takes, or a `WarpClassifier`.

        Args:
            estimator: the model.
            X: (N, D) its data.
            y: (N,) its labels.
            layer: steps of the split chain: 0 is the input.
            ax: where to draw; None makes a figure.
            look: further arguments of `plot_state`.
        """
        from warpviz.convert import classes_of, gives_numbers, to_chain

        chain, numbers = to_chain(estimator), gives_numbers(estimator)
        single = chain.widths[-1] == 1
        data = as_dataset(np.asarray(X), np.asarray(y), classes_of(estimator), single, numbers)
        return cls(chain, data, layer).plot(ax=ax, **look)
