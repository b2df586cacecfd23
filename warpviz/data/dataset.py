"""A data set: labelled points, checked when made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from warpviz.arguments import check_kind, check_least, kinds_checked
from warpviz.arrays import Floats, Ints, distinct
from warpviz.axis import Axis, axes_named
from warpviz.data.checks import labels_of, points_of
from warpviz.data.dots import dots
from warpviz.errors import WarpvizError, length, visible

MOST_LEVELS = 999
UNLABELLED = ("points",)
"""The classes of points of which nobody says what they are."""
LONGEST_NAME = 200
"""Letters of a class's name."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Points with a class each.

    Args:
        x: The points, (N, D); finite. One feature is filmed as a curve; all else takes two or more.
        y: The class of every point, (N,), whole numbers from 0 to C − 1; without `class_names` and
            without a 0 each different number is a class.
        class_names: C names; `()` for "0", "1", …; `UNLABELLED` of points that have none.
        name: What the data is called.
        mean: What was taken from each feature, (D,), and
        scale: by what it was divided then, (D,); None where x is as it came.
        targets: Of a regression: the number that belongs to each point, (N,); y is then the level
            of it, see `with_targets`. None for classes.
        feature_names: What the features are called, with their units, D names; `()` is unknown.
        notes: How it was read, where that was not plain: what was left out, guessed or decided.

    Raises:
        WarpvizError: for NaN, one class only, no feature, or lengths that differ.

    >>> data = Dataset([[0.0, 1.0], [1.0, 0.0]], [0, 1])
    >>> data.n_classes, data.class_names
    (2, ('0', '1'))
    """

    x: Floats
    y: Ints
    class_names: Sequence[str] = ()
    name: str = "data"
    mean: Floats | None = None
    scale: Floats | None = None
    targets: Floats | None = None
    feature_names: Sequence[str] = ()
    notes: Sequence[str] = ()

    def __post_init__(self) -> None:
        x = points_of(self.x)
        check_kind("Dataset", "class_names", self.class_names, Sequence[Any])
        y, found = labels_of(self.y, bool(len(self.class_names)))
        if len(x) < len(y) == x.shape[1]:
            raise WarpvizError(
                f"Dataset expects points in rows, got x of shape {x.shape} and {len(y)} labels: "
                "its points stand in columns; give x.T."
            )
        if len(x) != len(y):
            raise WarpvizError(
                f"Dataset expects a label for each of {len(x)} points, got {len(y)}."
            )
        if len(distinct(y)) < 2 and not (len(y) and tuple(self.class_names) == UNLABELLED):
            raise WarpvizError(
                f"Dataset expects points of at least two classes, got {len(distinct(y))}."
            )
        for name, kind in (("name", str), ("mean", Floats | None), ("scale", Floats | None)):
            check_kind("Dataset", name, getattr(self, name), kind)
        names = tuple(visible(str(each)) for each in self.class_names) or found
        names = names or tuple(map(str, range(int(y.max()) + 1)))
        longest = max(map(length, names), default=0)
        if longest > LONGEST_NAME:
            raise WarpvizError(
                f"Dataset expects class names of at most {LONGEST_NAME} letters, got {longest}."
            )
        if int(y.max()) >= len(names):
            raise WarpvizError(
                f"Dataset expects labels from 0 to {len(names) - 1}, one for each class name, "
                f"got {int(y.max())}."
            )
        features = tuple(visible(str(each)) for each in self.feature_names)
        if features and len(features) != x.shape[1]:
            raise WarpvizError(
                f"Dataset expects a name for each of {x.shape[1]} features, got {len(features)}."
            )
        object.__setattr__(self, "name", visible(self.name))
        object.__setattr__(self, "feature_names", features)
        object.__setattr__(self, "notes", tuple(map(str, self.notes)))
        object.__setattr__(self, "x", x)
        object.__setattr__(self, "y", y)
        object.__setattr__(self, "class_names", names)

    @property
    def n_classes(self) -> int:
        """Number of classes C; 1 of points without labels."""
        return len(self.class_names)

    @property
    def labelled(self) -> bool:
        """Whether there are classes or numbers to tell the points apart."""
        return self.n_classes > 1

    @classmethod
    @kinds_checked
    def with_targets(
        cls,
        x: Floats,
        targets: Floats,
        name: str = "data",
        levels: int = 13,
        feature_names: Sequence[str] = (),
        notes: Sequence[str] = (),
    ) -> "Dataset":
        """Points (N, D) with a number each, (N,), as a regression has.

        Its classes are even levels from the least number to the largest; the names of the first,
        the middle and the last say which.

        Raises:
            WarpvizError: for numbers that are not finite, or all the same.
        """
        check_least("Dataset", "levels", levels, 3)
        if levels > MOST_LEVELS:
            raise WarpvizError(f"Dataset expects at most {MOST_LEVELS} levels, got {levels}.")
        numbers = np.array(targets, dtype=np.float64)
        if (
            numbers.ndim != 1
            or len(numbers) == 0
            or not np.isfinite(numbers).all()
            or np.ptp(numbers) == 0
        ):
            raise WarpvizError("Dataset expects finite targets of shape (N,), not all the same.")
        numbers.setflags(write=False)
        values = np.linspace(numbers.min(), numbers.max(), levels)
        nearest = np.rint((numbers - values[0]) / (values[1] - values[0])).astype(np.intp)
        told = {0, levels // 2, levels - 1}
        names = tuple(
            f"{value:.3g}".replace("-", "−") if k in told else "" for k, value in enumerate(values)
        )
        return cls(
            x, nearest, names, name, targets=numbers, feature_names=feature_names, notes=notes
        )

    @kinds_checked
    def levels_of(self, values: Floats) -> Floats:
        """Numbers (N,) as shares (N, C) of the two levels next to each."""
        if self.targets is None:
            raise WarpvizError("levels_of expects data with targets that are numbers, got classes.")
        values = np.asarray(values, dtype=np.float64)
        if values.ndim != 1 or not np.isfinite(values).all():
            raise WarpvizError(
                f"levels_of expects finite numbers of shape (N,), got shape {values.shape}."
            )
        low, high = self.targets.min(), self.targets.max()
        last = self.n_classes - 1
        place = np.clip((values - low) / (high - low), 0.0, 1.0) * last
        below = np.minimum(place.astype(np.intp), last - 1)
        shares = np.zeros((len(values), last + 1))
        rows = np.arange(len(values))
        shares[rows, below] = 1.0 - (place - below)
        shares[rows, below + 1] = place - below
        return shares

    @property
    def axes(self) -> tuple[Axis, ...]:
        """What each feature is called, and how it leads back to its own units."""
        return axes_named(self.feature_names, self.mean, self.scale, self.x.shape[1])

    @property
    def raw(self) -> Floats:
        """The points as they came, (N, D), before they were standardised."""
        if self.mean is None or self.scale is None:
            return self.x
        return self.x * self.scale + self.mean

    @kinds_checked
    def standardised(self, mean: Floats | None = None, scale: Floats | None = None) -> "Dataset":
        """The same data with (x − mean)/scale for x.

        Args:
            mean: of each feature, (D,); None is that of the points.
            scale: of each feature, (D,); None is their standard deviation, 1 for constant ones.

        >>> data = Dataset([[1.0, 100.0], [3.0, 300.0]], [0, 1]).standardised()
        >>> data.x, data.raw
        (array([[-1., -1.],
               [ 1.,  1.]]), array([[  1., 100.],
               [  3., 300.]]))
        """
        raw, given = self.raw, mean is not None or scale is not None
        with np.errstate(over="ignore", invalid="ignore"):  # What is too large is told below.
            mean = raw.mean(axis=0) if mean is None else np.asarray(mean, dtype=np.float64)
            if scale is None:
                spread = raw.std(axis=0)
                scale = np.where(spread > 1e-12 * np.maximum(np.abs(mean), 1e-300), spread, 1.0)
        scale = np.asarray(scale, dtype=np.float64)
        if mean.shape != raw.shape[1:] or scale.shape != raw.shape[1:]:
            raise WarpvizError(
                f"The data has {raw.shape[1]} features, but the mean and scale to standardise "
                f"it by have the shapes {mean.shape} and {scale.shape}; the model was trained on "
                "other features."
            )
        if not (np.isfinite(mean).all() and np.isfinite(scale).all() and scale.all()):
            if given:
                raise WarpvizError(
                    "standardised expects a finite mean and scale, and no scale of 0."
                )
            raise WarpvizError(
                f"Data '{self.name}' reaches {np.abs(raw).max():.2g}, too large to be "
                "standardised; scale it down or use --raw."
            )
        x = (raw - mean) / scale
        return replace(self, x=x, mean=np.asarray(mean), scale=np.asarray(scale))

    @kinds_checked
    def in_order(self, names: Sequence[str]) -> "Dataset":
        """The same data with its classes in another order, where all of them are in it by name.

        >>> data = Dataset([[0.0, 1.0], [1.0, 0.0]], [0, 1], ("cat", "dog"))
        >>> data.in_order(("eel", "dog", "cat")).y, data.in_order(("ape", "bat")).y
        (array([2, 1]), array([0, 1]))
        """
        own = list(self.class_names)
        if self.targets is not None or own == list(names) or not set(own) <= set(names):
            return self
        places = np.array([list(names).index(name) for name in own])
        return replace(self, y=places[self.y], class_names=tuple(names))

    def __len__(self) -> int:
        """Number of points N."""
        return len(self.x)

    def __repr__(self) -> str:
        n, width = self.x.shape
        kind = f"{self.n_classes} classes" if self.labelled else "no labels"
        if self.targets is not None:
            kind = f"targets {self.targets.min():.4g} … {self.targets.max():.4g}"
        return f"<Dataset {self.name}: {n} points, {width} features, {kind}>"

    def _repr_svg_(self) -> str:
        names, told = self.class_names, repr(self)[1:-1]
        return dots(self.x, self.y, names, self.axes, self.targets is not None, told)
