"""From flags to what a film is about: the data, and models that are trained or will be."""

import time
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from warpviz.arrays import Floats
from warpviz.cli.advice import advice
from warpviz.cli.console import Console
from warpviz.cli.data import data_named
from warpviz.cli.failures import working
from warpviz.cli.flags.values import entries_of
from warpviz.cli.progress import fitted
from warpviz.cli.scores import accuracy, score
from warpviz.convert.files import READERS, REFUSED, check_kind, load_stored
from warpviz.convert.pairing import among_outputs, fitting
from warpviz.convert.parts import Scale, chain_of
from warpviz.data import Dataset, layers_of
from warpviz.data.reading.text import is_file
from warpviz.errors import WarpvizError
from warpviz.model import ACTIVATIONS, Chain, StoredModel, mlp
from warpviz.training import Fit, History, Recipe, training_steps
from warpviz.training.engine import flatten

ACTIVATION = "relu"
DATA = "rings"
STARTS = 8
"""From how many first weights to train; the best is kept, so that no film shows a bad start."""
MODELS = (*READERS, *REFUSED)
RECIPE = ("epochs", "optimizer", "learning_rate", "starts", "penalty", "evenness")
"""Flags that are fields of `Recipe`."""
TRAINING = ("activation", "layers", *RECIPE)
"""Flags that mean nothing to a model that is trained already."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A model with its name; `recipe` says how to train it, None that it is trained."""

    name: str
    chain: Chain
    recipe: Recipe | None = None


def is_model(word: str) -> bool:
    """Whether a word names a model file."""
    return Path(word).suffix.lower() in MODELS


def stored(path: str) -> StoredModel:
    """Read a model file; one that is there but cannot be read is no misuse."""
    if is_model(path) and Path(path).exists():
        check_kind(path)
        with working():
            return load_stored(path)
    return load_stored(path)


def data_of(args: Namespace, models: Mapping[str, StoredModel], *, planes: bool = False) -> Dataset:
    """The data asked for: --data, else what the models were trained on, else rings.

    Its classes stand in the order that the models know them in.

    Args:
        args: the flags.
        models: path → model, of all that are read from files.
        planes: whether --plane would do without data.
    """
    data = _data_of(args, models, planes)
    known = {model.class_names for model in models.values() if model.class_names}
    if len(known) == 1:
        return data.in_order(known.pop())
    return among_outputs(data, [model.chain.widths[-1] for model in models.values()])


def _data_of(args: Namespace, models: Mapping[str, StoredModel], planes: bool) -> Dataset:
    """The same, its classes as they come."""
    if hasattr(args, "data"):
        return data_named(args.data, args, models.values())
    known = {model.data_name: path for path, model in models.items() if model.data_name}
    if len(known) > 1:
        raise WarpvizError(
            f"The models were trained on different data, {' and '.join(sorted(known))}; "
            "choose with --data."
        )
    if known:
        name, path = known.popitem()
        try:
            data = data_named(name, args, models.values())
        except WarpvizError as error:
            why = f" so: {error}" if is_file(name) else "; choose with --data."
            raise WarpvizError(
                f"{path} was trained on '{name}', which cannot be loaded{why}"
            ) from None
        names = {model.class_names for model in models.values() if model.class_names}
        only = names.pop() if len(names) == 1 else ()
        # Words of the model's own for data that is made by name.
        renamed = len(only) == data.n_classes and not set(data.class_names) <= set(only)
        return replace(data, class_names=only) if renamed else data
    data = data_named(DATA, args, models.values())
    for path, model in models.items():
        try:
            fitting(model.chain, data)
        except WarpvizError:
            widths = model.chain.widths
            plane = planes and widths[0] > 2
            raise WarpvizError(
                f"{path} names no data, and {DATA} do not fit a model from {widths[0]} to "
                f"{widths[-1]}; name its data with --data"
                f"{', or choose two of its inputs with --plane 0,1' if plane else ''}."
            ) from None
    return data


def recipe_of(args: Namespace, data: Dataset) -> Recipe:
    """How to train on data: classes, or numbers."""
    loss = "cross_entropy" if data.targets is None else "mean_squared_error"
    given = {name: getattr(args, name) for name in (*RECIPE, "seed") if name in args}
    return Recipe(**{"loss": loss, "starts": STARTS, **given})


def default_layers(args: Namespace, data: Dataset | None = None) -> str:
    """What --layers is where it is not given: layers that suffice for data made by name."""
    return layers_of(getattr(args, "data", DATA if data is None else data.name))


def is_open(layers: str) -> bool:
    """Whether some layer takes --activation.

    >>> is_open("3:identity,3"), is_open("3:relu,3:tanh")
    (True, False)
    """
    return any(":" not in entry for entry in entries_of(layers))


def titled(activation: str) -> str:
    """What an activation is called: "wave" of "wave=sin(2*z)"."""
    return ACTIVATIONS[activation].label if "=" in activation else activation


def untrained(name: str, layers: str, activation: str, data: Dataset, recipe: Recipe) -> Subject:
    """A chain that fits the data, to be trained."""
    entries = [entry.partition(":") for entry in entries_of(layers)]
    names = [given or activation for _, _, given in entries]
    for each in names:
        ACTIVATIONS[each]
    outputs = data.n_classes if data.targets is None else 1
    widths = [data.x.shape[1], *(int(width) for width, _, _ in entries), outputs]
    chain = mlp(widths, names, seed=recipe.seed, softmax=data.targets is None)
    return Subject(name, chain, recipe)


def one_untrained(args: Namespace, data: Dataset, recipe: Recipe) -> Subject:
    """The one chain that --layers and --activation describe, called by the shorter of the two."""
    layers = getattr(args, "layers", default_layers(args, data))
    check_activation(args, [layers])
    activation = getattr(args, "activation", ACTIVATION)
    name = titled(activation) if is_open(layers) else layers
    return untrained(name, layers, activation, data, recipe)


def check_activation(args: Namespace, layers: list[str]) -> None:
    """Refuse an --activation that no layer would take."""
    if "activation" in args and not any(is_open(each) for each in layers):
        raise WarpvizError(
            "--activation has no layer to act in, as --layers names all of theirs; leave it out."
        )


def refuse_training_flags(args: Namespace) -> None:
    """A trained model cannot be trained in another way: say so."""
    given = [f"--{name.replace('_', '-')}" for name in TRAINING if name in args]
    if given:
        raise WarpvizError(f"A model from a file is trained already; leave out {given[0]}.")


def trained(subject: Subject, data: Dataset, console: Console) -> tuple[Chain, float]:
    """Train a subject if it needs to be, tell how it went, and return its accuracy, 0 … 1."""
    chain, share, _ = fit_of(subject, data, console)
    return chain, share


def fit_of(
    subject: Subject, data: Dataset, console: Console
) -> tuple[Chain, float, History | None]:
    """The same, and the history of what was trained."""
    history = None
    if subject.recipe is None:
        share = accuracy(subject.chain, data)
        how = ""
        chain = subject.chain
    else:
        start = time.perf_counter()
        targets = data.targets
        examples = data if targets is None else (data.x, _even(targets))
        steps = training_steps(subject.chain, examples, subject.recipe)
        fit = fitted(steps, f"train {subject.name}", console)
        fit = fit if targets is None else _in_units_of(targets, fit)
        chain, share, history = fit.chain, accuracy(fit.chain, data), fit.history
        seconds = time.perf_counter() - start
        how = f" after {fit.history.epochs[-1]} epochs ({seconds:.1f} s)"
    if data.mean is not None:
        console.note(
            f"{data.name}: each feature is standardised, (x − mean)/deviation; --raw leaves it as "
            "it is"
        )
    console.note(f"{data.name}: {len(data)} points, {subject.name}: {score(share, data)}{how}")
    if subject.recipe is not None and history is not None:
        said = advice(chain, subject.recipe, data, share, int(history.epochs[-1]))
        if said is not None:
            console.note(said)
    return chain, share, history


def _even(targets: Floats) -> Floats:
    return np.asarray((targets - targets.mean()) / targets.std())


def _in_units_of(targets: Floats, fit: Fit) -> Fit:
    """A fit of even targets as one of the targets themselves: the last layer takes the units."""
    units = Scale(np.array([targets.std()]), np.array([targets.mean()]))
    history = fit.history
    chains = [chain_of([*history.chain(s), units]) for s in range(len(history))]
    parameters = np.stack([flatten(chain) for chain in chains])
    losses = history.losses * targets.var()
    return Fit(chains[-1], replace(history, losses=losses, parameters=parameters))
