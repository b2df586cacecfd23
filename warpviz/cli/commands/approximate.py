"""The verb approximate: networks that learn a function of one number."""

import os
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warpviz.approximation import learning as film
from warpviz.approximation.approximation import Approximation
from warpviz.approximation.figure import save_approximation
from warpviz.approximation.film import animate_approximation
from warpviz.approximation.targets import Target, target_of
from warpviz.atomic import check_writable
from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.outputs import charts_of, look_of, named, refuse_twice, theme_of, write
from warpviz.cli.progress import counting
from warpviz.drafts import placed
from warpviz.errors import WarpvizError
from warpviz.figures.files import SUFFIXES as STILLS
from warpviz.figures.files import check_plot
from warpviz.film.charts import check_scales
from warpviz.model import ACTIVATIONS
from warpviz.output.stills import STILLS as PIXELS
from warpviz.training.online import Online, steps_in

MOST = 6
"""Networks side by side."""


@dataclass(frozen=True)
class _Files:
    """What is written.

    Attributes:
        store: what `-o` names for the model.
        stores: the same, of each network.
        kept: those among them that are there already, named by nobody: they stay.
        stills: the figures of how it ends.
        films: the films of the way there.
        filmed: whether there is a film, in files or as frames.
    """

    store: Path
    stores: Sequence[Path]
    kept: Sequence[Path]
    stills: Sequence[Path]
    films: Sequence[Path]
    filmed: bool


def approximate(args: Namespace, console: Console) -> None:
    """Learn, tell, store and film."""
    target = target_of(args.target, getattr(args, "interval", None))
    variants = _variants(args)
    for word in ("iterations", "batch"):
        if getattr(args, word, 1) < 1:
            raise WarpvizError(f"--{word} expects a number from 1, got 0.")
    if not getattr(args, "learning_rate", 1.0) > 0:
        raise WarpvizError("--learning-rate expects a number above 0.")
    look = look_of(args)
    # Its --at is where the value is told, and no moment of the film.
    asked = Namespace(**{name: value for name, value in vars(args).items() if name != "at"})
    files = _files(args, asked, look, len(variants))
    at = getattr(args, "at", (0.8 * target.limits[0] + 0.2 * target.limits[1],))
    if len(at) != 1:
        raise WarpvizError("--at expects one number.")
    axes = check_scales(getattr(args, "axes", "loglog"))
    for path in files.kept:
        console.note(
            f"{path} is there already and stays as it is: -o {files.store} replaces it, --resume "
            "goes on with it"
        )
    with working(), _interrupted(files.stores):
        found = [
            _learnt(
                target, name, layers, activation, None if path in files.kept else path, args,
                console,
            )
            for (name, layers, activation), path in zip(variants, files.stores, strict=True)
        ]  # fmt: skip
        _tell(found, at[0], console)
        for path in files.stores:
            if path not in files.kept:
                console.path(path)
        theme = theme_of(args, "dark", None if files.filmed else console)
        for path in files.stills:
            still = save_approximation(
                found, path, theme_name=theme, size=look.get("size"),
                scales=axes, language=look.get("language", "en"),
            )  # fmt: skip
            console.path(still)
        if files.filmed:
            write(animate_approximation(found, axes=axes, **look), files.films, console, asked)


def _files(args: Namespace, asked: Namespace, look: Mapping[str, Any], networks: int) -> _Files:
    """What to write, after a look at whether it can be."""
    usual = f"{_stem(args.target)}.gif"
    names = named(args, usual)
    refuse_twice("-o", names)
    models = [Path(name) for name in names if Path(name).suffix.lower() == ".npz"]
    stills = [check_plot(name) for name in names if Path(name).suffix.lower() in STILLS]
    others = [name for name in names if Path(name) not in (*models, *stills)]
    for name in others:
        if Path(name).suffix.lower() in PIXELS:
            raise WarpvizError(
                f"approximate writes no {name}: moments of its film are stills in Python alone, "
                f'film.save("{name}", at=2); write .png, .svg or .pdf for how it ends.'
            )
    films = charts_of(asked, others, look)
    if len(models) > 1:
        raise WarpvizError("approximate stores one model; name one .npz.")
    store = models[0] if models else Path([*names, usual][0]).with_suffix(".npz")
    stores = [store]
    if networks > 1:
        stores = [store.with_stem(f"{store.stem}-{i}") for i in range(1, networks + 1)]
    for path in stores:
        check_writable(path)
    if "resume" in args and not any(path.exists() for path in stores):
        raise WarpvizError(f"There is no {stores[0]} to go on with; leave out --resume.")
    # A model that nobody named may be anybody's: it stays, and what is learnt is not stored.
    kept = [path for path in stores if not (models or "resume" in args) and path.exists()]
    return _Files(store, stores, kept, stills, films, bool(films) or "frames" in args)


@contextmanager
def _interrupted(stores: Sequence[Path]) -> Iterator[None]:
    """Tell whoever interrupts what is stored by now, and how to go on."""
    try:
        yield
    except KeyboardInterrupt as error:
        new = {os.path.realpath(path) for path in placed()}
        written = [path for path in stores if os.path.realpath(path) in new]
        if not written:
            raise
        names = ", ".join(f"{path} as of step {steps_in(path):,}" for path in written)
        error.args = (
            f"Interrupted; what was learnt is kept: {names}. The same command with --resume goes "
            "on from there.",
        )
        raise


def _stem(target: str) -> str:
    """A file's name from what is learnt: letters and digits alone."""
    clean = "".join(sign if sign.isalnum() else "_" for sign in Path(target).stem)[:40]
    return clean.strip("_") or "function"


def _variants(args: Namespace) -> list[tuple[str, tuple[int, ...], str]]:
    """Name, hidden widths and activation of each network."""
    activations = getattr(args, "compare", [getattr(args, "activation", film.ACTIVATION)])
    if "compare" in args and "activation" in args:
        raise WarpvizError("--compare names the activations; leave out --activation.")
    for name in [*activations, *([args.output_activation] if "output_activation" in args else [])]:
        ACTIVATIONS[name]
    widths = getattr(args, "layers", [film.HIDDEN])
    variants = [
        (_called(name, layers, len(activations), len(widths)), tuple(layers), name)
        for layers in widths
        for name in activations
    ]
    if len(variants) > MOST:
        raise WarpvizError(f"approximate shows at most {MOST} networks, got {len(variants)}.")
    refuse_twice("approximate", [name for name, _, _ in variants if name])
    return variants


def _called(name: str, layers: Sequence[int], activations: int, widths: int) -> str:
    told = [name] if activations > 1 else []
    told += ["-".join(map(str, layers))] if widths > 1 else []
    return " ".join(told)


def _learnt(
    target: Target,
    name: str,
    layers: tuple[int, ...],
    activation: str,
    store: Path | None,
    args: Namespace,
    console: Console,
) -> Approximation:
    given = {word: getattr(args, word) for word in ("batch", "seed") if word in args}
    steps = getattr(args, "iterations", film.STEPS)
    given |= {"steps": steps}
    # What is compared are the hidden layers: a tanh behind the last could not leave −1 … 1.
    usual = "identity" if "compare" in args else None
    given |= {"output_activation": getattr(args, "output_activation", usual)}
    if "learning_rate" in args:
        given["rate"] = args.learning_rate
    with counting(f"learn {target.name} {name}".strip(), steps, console) as count:

        def watch(run: Online) -> None:
            count(run.step, f"loss {run.losses[-1]:.2e}")

        return film.approximate(
            target, name=name, layers=layers, activation=activation, store=store,
            resume="resume" in args and store is not None and store.exists(), watch=watch, **given,
        )  # fmt: skip


def _tell(found: Sequence[Approximation], at: float, console: Console) -> None:
    """The value at a point beside the truth, and the largest error, a line a network."""
    target = found[0].target
    rows: list[Any] = [("network", "parameters", f"at {at:g}", target.label, "largest error")]
    for one in found:
        truth = "–" if target.function is None else f"{float(_value(target, at)):.11g}"
        rows.append(
            (one.name or "network", str(one.chain.n_parameters), f"{one(at):.8g}", truth,
             f"{one.error():.3g}")
        )  # fmt: skip
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        console.result("  ".join([row[0].ljust(widths[0]), *cells[1:]]))
    low, high = target.limits
    for one in found:
        if one.dead_layer is not None:
            console.note(
                f"{one.name or 'The network'} is dead: no unit of layer {one.dead_layer} answers "
                f"from {low:g} to {high:g}, so that it says {one(at):.6g} for every x and learns "
                "no more; choose another --seed, or --activation leaky_relu:0.2."
            )


def _value(target: Target, at: float) -> float:
    import numpy as np

    assert target.function is not None
    return float(target.function(np.array([at]))[0])
