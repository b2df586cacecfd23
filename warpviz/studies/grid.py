"""What a study is of: every network of a grid, checked before anything is trained.

Grid ── data × layers × activation ──► Shape ── seeds, some at a time ──► Part

Parts do not depend on who works on them, so that the tables do not either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.measure.columns import NETWORK_COLUMNS, STOP_COLUMNS
from warpviz.model.activations import ACTIVATIONS, portable
from warpviz.names import unknown_name
from warpviz.studies.reading import MOST, READERS, plain
from warpviz.studies.times import epochs_at
from warpviz.training import Recipe

AT_ONCE = 25
"""Networks of one part: trained as one batch, written as one file."""
WIDEST = 1000
"""Units of a layer."""


@dataclass(frozen=True)
class Shape:
    """Networks that differ in nothing but their first weights.

    Attributes:
        data: name of the data.
        layers: hidden widths.
        activation: of all hidden layers.
    """

    data: str
    layers: tuple[int, ...]
    activation: str

    @property
    def words(self) -> str:
        """The widths as `--layers` writes them."""
        return ",".join(map(str, self.layers))


@dataclass(frozen=True)
class Part:
    """Some networks of a shape: what is worked on, and written, at a time.

    Attributes:
        number: of the part, from 0, in the order of the grid.
        first: number of its first run.
        shape: of the networks.
        seeds: of their first weights.
    """

    number: int
    first: int
    shape: Shape
    seeds: tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """The keys of `study`, and the flags of `warpviz study`: each name of a plural is a list.

    Attributes:
        data: names or files, as `load_data` takes.
        activation: of all hidden layers.
        layers: hidden widths of each network.
        seeds: of the first weights.
        optimizer, learning_rate, epochs, penalty, evenness, precision: as `train` has them, but
            with Adam, and without penalties unless they are asked for.
        times: when networks are looked at, see `epochs_at`.
        measure: groups of columns, or their names.
        points: of made data; None is its own number.
        holdout: the share of the points that is not trained with.
        seed: of the data, and of which points are held out.

    Raises:
        WarpvizError: for a name that there is not, or a number out of range.
    """

    data: tuple[str, ...] = ("rings",)
    activation: tuple[str, ...] = ("relu",)
    layers: tuple[tuple[int, ...], ...] = ((4, 4),)
    seeds: tuple[int, ...] = tuple(range(10))
    optimizer: str = "adam"
    learning_rate: float | None = None
    epochs: int = 2000
    penalty: float = 0.0
    evenness: float = 0.0
    precision: str = "float64"
    times: str | tuple[int, ...] = "log"
    measure: tuple[str, ...] = ("core",)
    points: int | None = None
    holdout: float = 0.2
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("data", "activation", "layers", "seeds", "measure"):
            found = getattr(self, name)
            if not found:
                raise WarpvizError(f"study expects at least one of {name}, got none.")
            twice = [each for k, each in enumerate(found) if each in found[:k]]
            if twice:
                raise WarpvizError(f"study expects each of {name} once, got {twice[0]} twice.")
        if not 0.0 <= self.holdout < 0.9:
            raise WarpvizError(f"study expects a holdout from 0 to 0.9, got {self.holdout!r}.")
        if self.seed < 0 or min(self.seeds) < 0:
            raise WarpvizError("study expects seeds from 0.")
        for widths in self.layers:
            if not widths or not all(1 <= width <= WIDEST for width in widths):
                raise WarpvizError(
                    f"study expects widths from 1 to {WIDEST}, such as 4,4, got {list(widths)}."
                )
        for name in self.activation:
            ACTIVATIONS[name]
        # One of one's own is known by its formula, which other processes read too.
        object.__setattr__(self, "activation", tuple(map(portable, self.activation)))
        _ = self.recipe, self.epochs_at, self.stop_columns
        if len(self) > MOST:
            raise WarpvizError(f"study expects at most {MOST:,} networks, got {len(self):,}.")

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Grid":
        """A grid from what people write: one name for a list of it, "0:50", lists for tuples.

        Raises:
            WarpvizError: for a key that there is not, or a value of another kind.

        >>> Grid.of({"layers": [4, [8, 8]], "seeds": "0:3"}).layers
        ((4,), (8, 8))
        """
        kinds = {each.name: each for each in fields(cls)}
        known: dict[str, Any] = {}
        for name, value in given.items():
            if name not in kinds:
                raise unknown_name("key of a study", str(name), kinds)
            known[name] = READERS.get(name, plain)(name, value)
        return cls(**known)

    @cached_property
    def recipe(self) -> Recipe:
        """How all are trained."""
        own = {each.name for each in fields(Recipe)} & {each.name for each in fields(self)}
        return Recipe(**{name: getattr(self, name) for name in own - {"seed"}})

    @cached_property
    def epochs_at(self) -> tuple[int, ...]:
        """When they are looked at."""
        return epochs_at(self.times, self.epochs)

    @cached_property
    def stop_columns(self) -> tuple[str, ...]:
        """Which of `STOP_COLUMNS` are filled in; `network_columns` likewise."""
        return self._columns[0]

    @property
    def network_columns(self) -> tuple[str, ...]:
        """Which of `NETWORK_COLUMNS` are filled in."""
        return self._columns[1]

    @cached_property
    def _columns(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        tables = (
            {name: column.group for name, column in STOP_COLUMNS.items()},
            {name: column.group for name, column in NETWORK_COLUMNS.items()},
        )
        known = [word for table in tables for pair in table.items() for word in pair]
        for word in self.measure:
            if word not in known:
                raise unknown_name("measure", word, sorted(set(known)))
        first, second = (
            tuple(name for name, group in table.items() if {name, group} & {*self.measure})
            for table in tables
        )
        return first, second

    def check_packages(self) -> None:
        """Refuse columns whose packages are not installed.

        Raises:
            WarpvizError: for the first of them, with what installs it.
        """
        for column in map(STOP_COLUMNS.__getitem__, self.stop_columns):
            if column.needs is not None:
                column.needs()

    def __len__(self) -> int:
        """Number of networks."""
        return len(self.data) * len(self.layers) * len(self.activation) * len(self.seeds)

    def shapes(self) -> Iterator[Shape]:
        """All shapes, in order."""
        for data in self.data:
            for layers in self.layers:
                for activation in self.activation:
                    yield Shape(data, layers, activation)

    def parts(self) -> Iterator[Part]:
        """All parts, in order: the same however many work on them."""
        number = first = 0
        for shape in self.shapes():
            for at in range(0, len(self.seeds), AT_ONCE):
                seeds = self.seeds[at : at + AT_ONCE]
                yield Part(number, first, shape, seeds)
                number, first = number + 1, first + len(seeds)

    def as_dict(self) -> dict[str, Any]:
        """The grid as JSON has it: tuples as lists."""
        return {
            name: [list(e) if isinstance(e, tuple) else e for e in value]
            if isinstance(value, tuple)
            else value
            for name, value in asdict(self).items()
        }
