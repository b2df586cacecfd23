"""The flag `render --classic`: the original animation, its recipe and its clock."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from warpviz.cli.console import Console
from warpviz.cli.data import COLUMNS
from warpviz.cli.failures import working
from warpviz.cli.outputs import check_acts, look_of, outputs_of, write
from warpviz.cli.storing import models_apart, refuse_keeping, store
from warpviz.cli.subjects import (
    RECIPE,
    Subject,
    data_of,
    one_untrained,
    refuse_training_flags,
    stored,
    trained,
)
from warpviz.convert.pairing import check_fit, fitting
from warpviz.data import LAYERS, Dataset
from warpviz.errors import WarpvizError
from warpviz.film.classic import classic_film
from warpviz.training import CLASSIC_RECIPE, CLASSIC_SEED

LOOK = ("size", "fps", "loop", "jobs", "language")
TRAINING = (*RECIPE, "seed")
CONSOLE = ("quiet", "no_color", "debug")
HONOURED = {
    *("output", "frames", "max_size", "acts", "classic", "rounds", "model", "activation", "layers"),
    *("data", "raw", *COLUMNS),
    *LOOK,
    *TRAINING,
    *CONSOLE,
}
"""What --classic leaves open; all other flags would make it another film."""


def classic(args: Namespace, console: Console) -> None:
    """Train by the classic recipe and film it as the original did."""
    others = [_flag(name) for name in vars(args) if name not in HONOURED]
    if others:
        out = "leave out one of the two" if len(others) == 1 else "leave them out, or --classic"
        raise WarpvizError(
            f"--classic is the original animation, which takes no {' and no '.join(others)}; {out}."
        )
    look = look_of(args)
    look = {name: look[name] for name in LOOK if name in look}
    if "rounds" in args:
        look["rounds"] = args.rounds
    keep, args = models_apart(args)
    if "model" in args:
        refuse_training_flags(args)
        refuse_keeping(keep)
    outputs = outputs_of(args, "fold.gif")
    for path in outputs:
        if path.suffix.lower() in (".svg", ".pdf"):
            raise WarpvizError(
                f"The classic film is drawn in pixels, {path} would be vectors; write .gif, .mp4, "
                ".png or another format of films."
            )
    model = {args.model: stored(args.model)} if "model" in args else {}
    data = data_of(args, model)
    if "model" in args:
        subject = Subject(Path(args.model).name, fitting(model[args.model].chain, data))
    else:
        subject = _untrained(args, data, console)
    check_fit(subject.chain, data)
    # The rings are plotted denser than they are trained.
    plotted = None if getattr(args, "data", data.name) == "rings" else data
    # All that it refuses, it refuses of any weights.
    check_acts(args, classic_film(subject.chain, plotted, **look).timeline.acts)
    with working():
        chain, _ = trained(subject, data, console)
        store(chain, data, keep, args, console)
        if outputs or "frames" in args:
            write(classic_film(chain, plotted, **look), outputs, console, args)


def _untrained(args: Namespace, data: Dataset, console: Console) -> Subject:
    if data.targets is not None:
        raise WarpvizError("--classic films two classes or more; the data has numbers as targets.")
    if getattr(args, "activation", "") == "gelu":
        # The original's library means the approximation with tanh where it says gelu.
        console.note("gelu: as the original's library has it, approximated with tanh (gelu_tanh)")
        args = Namespace(**vars(args) | {"activation": "gelu_tanh"})
    given = {name: getattr(args, name) for name in TRAINING if name in args}
    recipe = replace(CLASSIC_RECIPE, **{"seed": CLASSIC_SEED, **given})
    args = Namespace(**{"layers": LAYERS} | vars(args))
    return one_untrained(args, data, recipe)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"
