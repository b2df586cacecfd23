"""What compare checks before it films how networks learn."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from warpviz.cli.outputs import look_of, save_options_of
from warpviz.cli.subjects import Subject
from warpviz.convert.pairing import check_fit
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.learnt import shown_layer
from warpviz.film.looks.camera import check_space
from warpviz.film.options import Options
from warpviz.film.reel.saving import check_kind
from warpviz.film.training import checked_options
from warpviz.geometry.plane import plane_of
from warpviz.picture.kind import FIGURE


def check_learning(
    subjects: Sequence[Subject], data: Dataset, args: Namespace, outputs: Sequence[Path]
) -> None:
    """Refuse what no film of the training can be, before any training.

    Raises:
        WarpvizError: models that are trained already, layers that there are not, formats or
            options that such a film has not.
    """
    check_kind(FIGURE, outputs, save_options_of(args))
    options, _ = checked_options(look_of(args), len(subjects), "A film of the training")
    options.look.dressed(data)
    plane_of(data)
    for subject in subjects:
        check_fit(subject.chain, data)
        if subject.recipe is None:
            raise WarpvizError(
                f"--training films how networks learn, and {subject.name} is trained already; "
                "leave it out."
            )
        check_layer(args, len(subject.chain.logits()))
    check_camera(subjects, args)


def check_camera(subjects: Sequence[Subject], args: Namespace) -> None:
    """Refuse a camera where all states that are shown are planes."""
    look = Options.of(look_of(args)).look
    chains = [subject.chain.logits() for subject in subjects]
    shown = [shown_layer(chain, getattr(args, "film_layer", None)) for chain in chains]
    widths = [chain.widths[layer] for chain, layer in zip(chains, shown, strict=True)]
    check_space(look.camera, look.view, widths)


def check_layer(args: Namespace, last: int) -> None:
    """Refuse a --film-layer beyond the logits, which are layer `last`."""
    if getattr(args, "film_layer", 0) > last:
        raise WarpvizError(
            f"--film-layer expects 0 (the input) to {last} (the logits), got {args.film_layer}."
        )
