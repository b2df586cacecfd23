"""Training on points that are drawn anew for every step, with a state that can be stored.

    draw ──► points ──► loss, gradient ──► Adam ──► parameters, and everything to go on from there

The state is all that the next step depends on: a run that was interrupted and taken up again gives
the same bytes as one that was not.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.data.files import read_arrays
from warpviz.errors import WarpvizError
from warpviz.model.captions import outline
from warpviz.model.chain import Chain
from warpviz.model.store import read_npz, write_npz
from warpviz.training.engine import EPSILON, KEEP, flatten, unflatten
from warpviz.training.failing import diverged
from warpviz.training.kernel_engine import make_engine
from warpviz.training.losses import LOSSES

Draw = Callable[[np.random.Generator], tuple[Floats, Floats]]
"""Draws points (B, n_in) and what should come out, (B, n_out)."""
KEPT = 60
"""Snapshots of a run, the early ones closer together."""
EARLY = 2.2


@dataclass(frozen=True, eq=False, repr=False)
class Online:
    """A run, as far as it has come.

    Attributes:
        shape: a chain of the same layers.
        parameters: (P,) now.
        mean: (P,) Adam's running mean of the gradient, and
        square: (P,) of its square.
        losses: (I,) of every step.
        kept_at: (S,) after which steps there are snapshots.
        kept: (S, P) the snapshots.
        random: the state of the generator that draws.
        settings: what the run depends on besides, to refuse to go on with another.
    """

    shape: Chain
    parameters: Floats
    mean: Floats
    square: Floats
    losses: Floats
    kept_at: Ints
    kept: Floats
    random: dict[str, Any] = field(default_factory=dict)
    settings: str = ""

    def __repr__(self) -> str:
        return f"<Online run of {outline(self.shape)}: {self.step} steps>"

    @classmethod
    def start(cls, chain: Chain, seed: int, settings: str = "") -> "Online":
        """A run that has not begun."""
        flat = flatten(chain)
        rng = np.random.default_rng([seed, 1])
        none = np.zeros_like(flat)
        state = dict(rng.bit_generator.state)
        return cls(
            chain, flat, none, none, np.zeros(0), np.zeros(1, dtype=np.intp), flat[None], state,
            settings,
        )  # fmt: skip

    @property
    def step(self) -> int:
        """How many steps have been made."""
        return len(self.losses)

    @property
    def chain(self) -> Chain:
        """The chain as it is now."""
        return unflatten(self.shape, self.parameters)

    def chains(self) -> list[Chain]:
        """The chain at every snapshot."""
        return [unflatten(self.shape, row) for row in self.kept]

    def save(self, path: str | Path) -> Path:
        """Store the run: a model like every other, and all that is needed to go on."""
        told = json.dumps({"random": self.random, "settings": self.settings})
        arrays = {
            "run_parameters": self.parameters, "run_mean": self.mean, "run_square": self.square,
            "run_losses": self.losses, "run_kept_at": self.kept_at, "run_kept": self.kept,
            "run_told": np.array(told),
        }  # fmt: skip
        return write_npz(self.chain, path, more=arrays)

    @classmethod
    def load(cls, path: str | Path, settings: str) -> "Online":
        """Take a run up again.

        Raises:
            WarpvizError: the file holds no run, or one with other settings.
        """
        path = Path(path)
        chain, arrays = read_npz(path).chain, read_arrays(path)
        try:
            told = json.loads(str(arrays["run_told"]))
            known = [np.asarray(arrays[f"run_{name}"], dtype=np.float64) for name in
                     ("parameters", "mean", "square", "losses", "kept")]  # fmt: skip
            kept_at = np.asarray(arrays["run_kept_at"], dtype=np.intp)
            random = dict(told["random"])
            np.random.default_rng(0).bit_generator.state = random
        except (LookupError, ValueError, TypeError, ArithmeticError, RecursionError):
            raise WarpvizError(f"'{path}' holds no run to go on with; start without it.") from None
        parameters, mean, square, losses, kept = known
        count = (chain.n_parameters,)
        fit = parameters.shape == mean.shape == square.shape == count
        if not fit or losses.ndim != 1 or kept.shape != (len(kept_at.ravel()), *count):
            raise WarpvizError(f"'{path}' holds a run that does not fit its model.")
        if told["settings"] != settings:
            raise WarpvizError(
                f"'{path}' was made with other settings ({told['settings']!s:.120}); repeat them, "
                "or start without resuming."
            )
        return cls(chain, parameters, mean, square, losses, kept_at, kept, random, settings)


def steps_in(path: str | Path) -> int:
    """How many steps the run in a file has made."""
    return len(read_arrays(Path(path))["run_losses"])


def moments(steps: int) -> Ints:
    """After which steps of a run snapshots are kept: early ones closer together."""
    return np.unique(np.rint(steps * np.linspace(0, 1, KEPT) ** EARLY).astype(np.intp))


def learning(
    run: Online, draw: Draw, *, steps: int, rate: float, every: int = 100
) -> Iterator[Online]:
    """Go on until so many steps have been made in all, yielding the run every so many steps.

    Adam, as in Kingma & Ba, arXiv:1412.6980, on the mean squared error.

    Raises:
        WarpvizError: the loss is no longer finite.
    """
    rng = np.random.default_rng(0)
    rng.bit_generator.state = run.random
    x, target = draw(rng)
    rng.bit_generator.state = run.random
    loss = LOSSES["mean_squared_error"]
    engine = make_engine(run.shape, x, target, loss)
    engine.parameters[0] = run.parameters
    mean, square = run.mean.copy(), run.square.copy()
    losses, kept_at, kept = list(run.losses), list(run.kept_at), list(run.kept)
    wanted = set(moments(steps).tolist())
    for step in range(run.step + 1, steps + 1):
        engine.feed(*draw(rng))
        with np.errstate(over="ignore", invalid="ignore"):
            value, gradient = engine.losses_and_gradient()
        if not np.isfinite(value[0]):
            raise diverged(f"at step {step}", rate, run.shape, engine.parameters, x)
        mean += (1 - KEEP[0]) * (gradient[0] - mean)
        square += (1 - KEEP[1]) * (gradient[0] ** 2 - square)
        root = np.sqrt(square / (1 - KEEP[1] ** step))
        engine.parameters[0] -= rate / (1 - KEEP[0] ** step) * mean / (root + EPSILON)
        losses.append(float(value[0]))
        if step in wanted:
            kept_at.append(step)
            kept.append(engine.parameters[0].copy())
        if step % every == 0 or step == steps:
            yield replace(
                run,
                parameters=engine.parameters[0].copy(),
                mean=mean.copy(),
                square=square.copy(),
                losses=np.array(losses),
                kept_at=np.array(kept_at),
                kept=np.array(kept),
                random=dict(rng.bit_generator.state),
            )
