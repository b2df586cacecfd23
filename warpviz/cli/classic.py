"""`render --classic`: the original animation, its recipe and its clock."""

from argparse import Namespace
from dataclasses import replace

from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.outputs import look_of, outputs_of, write
from warpviz.cli.subjects import ACTIVATION, one_untrained, trained
from warpviz.data import load_data
from warpviz.errors import WarpvizError
from warpviz.model import CLASSIC_RECIPE, CLASSIC_SEED

HONOURED = {
    "output", "classic", "rounds", "activation", "layers", "epochs", "optimizer", "learning_rate",
    "seed", "size", "fps", "loop", "jobs", "quiet", "no_color", "debug",
}  # fmt: skip
"""What --classic leaves open; all other flags would make it another film."""


def classic(args: Namespace, console: Console) -> None:
    """Train by the classic recipe and film it as the original did."""
    for name in vars(args):
        if name not in HONOURED:
            raise WarpvizError(
                f"--classic is the original animation, which fixes --{name.replace('_', '-')}; "
                "leave out one of the two."
            )
    look = look_of(args)
    outputs = outputs_of(args, "fold.gif")
    given = {
        key: vars(args)[key] for key in ("epochs", "optimizer", "learning_rate") if key in args
    }
    recipe = replace(CLASSIC_RECIPE, seed=getattr(args, "seed", CLASSIC_SEED), **given)
    data = load_data("rings")
    # The original's library means the approximation with tanh where it says gelu.
    name = getattr(args, "activation", ACTIVATION)
    if name == "gelu":
        args.activation = "gelu_tanh"
        console.note("gelu: with tanh (gelu_tanh), which is what the original calls gelu")
    subject = one_untrained(args, data, recipe)
    # Loaded only now: a film that is not asked for costs nothing.
    from warpviz.film.classic import classic_film

    kept = {key: look[key] for key in ("size", "fps", "loop", "jobs") if key in look}
    if "rounds" in args:
        kept["rounds"] = args.rounds
    with working():
        chain, _ = trained(subject, data, console)
        write(classic_film(chain, activation=subject.name, **kept), outputs, console)
