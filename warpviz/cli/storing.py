"""Models among the files that a command writes."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from warpviz.atomic import check_writable
from warpviz.cli.console import Console
from warpviz.cli.subjects import DATA
from warpviz.convert.files import WRITERS, save_model
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.model import Chain


def is_stored(path: str | Path) -> bool:
    """Whether a file to write is a model.

    >>> is_stored("m.npz"), is_stored("fold.gif")
    (True, False)
    """
    return Path(path).suffix.lower() in WRITERS


def models_apart(args: Namespace) -> tuple[list[str], Namespace]:
    """The models among what -o names, checked, and the flags with the other files alone.

    Where -o names models only, no film is asked for: `output` is then empty.
    """
    names = list(getattr(args, "output", []))
    models = [name for name in names if is_stored(name)]
    for name in models:
        check_writable(name)
    if not models:
        return [], args
    return models, Namespace(
        **vars(args) | {"output": [name for name in names if name not in models]}
    )


def refuse_keeping(models: Sequence[str]) -> None:
    """Refuse to store what was read from a file: that is another verb.

    Raises:
        WarpvizError: there is a model to write.
    """
    if models:
        raise WarpvizError(
            f"-o {models[0]} stores what is trained, and --model is trained already; use "
            f"warpviz convert MODEL -o {models[0]}."
        )


def store(
    chain: Chain, data: Dataset, paths: Sequence[str], args: Namespace, console: Console
) -> None:
    """Write a trained model with what is needed to find its data again, and name the files."""
    for path in paths:
        console.path(
            save_model(
                chain,
                path,
                data_name=getattr(args, "data", DATA),
                class_names=tuple(data.class_names),
                mean=data.mean,
                scale=data.scale,
            )
        )
