"""The verbs that write films: render and compare."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from warpviz.cli.commands.planes import plane_apart, points_on, seen_on
from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.outputs import check_acts, look_of, outputs_of, refuse_twice, write
from warpviz.cli.scores import equal_for_all, score
from warpviz.cli.storing import models_apart, refuse_keeping, store
from warpviz.cli.subjects import (
    ACTIVATION,
    Subject,
    check_activation,
    data_of,
    default_layers,
    fit_of,
    is_model,
    is_open,
    one_untrained,
    recipe_of,
    refuse_training_flags,
    stored,
    titled,
    trained,
    untrained,
)
from warpviz.cli.tables import measured_rows, tables
from warpviz.convert.pairing import check_fit, fitting
from warpviz.convert.planes import ON_PLANE
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.film import build
from warpviz.film.insets.trail import trail_points
from warpviz.film.options import Options
from warpviz.film.play import Play
from warpviz.film.reel.animation import Animation
from warpviz.geometry.straight.counting import NARROW, bending_units
from warpviz.geometry.straight.pieces import is_piecewise_linear
from warpviz.model import Chain
from warpviz.model.descriptions import StoredModel
from warpviz.picture.tiling import PANELS, check_panels
from warpviz.training.recipe import Recipe


def render(args: Namespace, console: Console) -> None:
    """One model, one film."""
    if "classic" in args:
        from warpviz.cli.commands.classic import classic

        classic(args, console)
        return
    if "rounds" in args:
        raise WarpvizError("--rounds counts midpoints of the classic film; add --classic.")
    look = look_of(args)
    plane, args = plane_apart(args)
    keep, args = models_apart(args)
    outputs = outputs_of(args, "fold.gif")
    if "lab" in args and not any(path.suffix.lower() == ".html" for path in outputs):
        raise WarpvizError("--lab is about a page; name an .html file with -o.")
    if plane is not None and "model" not in args:
        raise WarpvizError("--plane chooses two of a model's inputs; name the model with --model.")
    if "model" in args:
        refuse_training_flags(args)
        refuse_keeping(keep)
        model = stored(args.model)
        if plane is None:
            data = data_of(args, {args.model: model}, planes=True)
        else:
            model, found = seen_on(plane, args.model, model, args, console)
            data = points_on(plane, model, args) if found is None else found
        subject = Subject(Path(args.model).name, fitting(model.chain, data))
    else:
        data = data_of(args, {})
        subject = one_untrained(args, data, recipe_of(args, data))
    _check([subject], data, args)
    if "lab" in args:
        from warpviz.cli.commands.lab import check_lab, write_labs

        check_lab(subject.chain, data, args)
    with working():
        # Of points whose classes are what the model sees there is no score.
        own = plane is not None and data.name == ON_PLANE
        chain = subject.chain if own else trained(subject, data, console)[0]
        store(chain, data, keep, args, console)
        if outputs or "frames" in args:
            _tell_wide(subject.name, chain, console)
            if "lab" in args:
                pages = [path for path in outputs if path.suffix.lower() == ".html"]
                outputs = tuple(path for path in outputs if path not in pages)
                write_labs(chain, data, pages, args, console)
        if outputs or "frames" in args:
            write(build.animate(chain, data, **look), outputs, console, args)


def compare(args: Namespace, console: Console) -> None:
    """Several models side by side."""
    look = look_of(args)
    # A table is what was asked for: a film only where it is asked for too.
    wanted_files = "output" in args or "frames" in args or "table" not in args
    learning = "training" in args
    name = "learn.gif" if learning else "compare.gif"
    outputs = outputs_of(args, name) if wanted_files else ()
    words = getattr(args, "subjects", [])
    files = [word for word in words if is_model(word)] + getattr(args, "model", [])
    refuse_twice("compare", files)
    models = {path: stored(path) for path in files}
    data = data_of(args, models)
    recipe = recipe_of(args, data)
    named = [word for word in words if not is_model(word)]
    subjects = _compared(args, named, models, data, recipe)
    if learning:
        from warpviz.cli.commands.learning import check_learning

        check_learning(subjects, data, args, outputs)
    elif "film_layer" in args:
        raise WarpvizError("--film-layer is about a film of the training; add --training.")
    else:
        _check(subjects, data, args)
    fresh = [subject.chain for subject in subjects if subject.recipe is not None]
    fair = equal_for_all(recipe, data, fresh, len(subjects) - len(fresh))
    with working():
        chains, records, rows = {}, {}, {}
        for subject in subjects:
            chain, share, history = fit_of(subject, data, console)
            title = f"{subject.name} · {score(share, data)}"
            chains[title], records[title] = chain, history
            if "table" in args:
                rows[subject.name] = measured_rows(chain, data, args)
        if fair:
            console.note(fair)
        if rows:
            console.result(tables(rows, data, args.table))
        if outputs or "frames" in args:
            told = replace(console, paths=not rows)
            if learning:
                from warpviz.film.training import animate_training

                layer = getattr(args, "film_layer", None)
                film = animate_training(records, data, layer=layer, **look)
            else:
                for title, chain in chains.items():
                    _tell_wide(title, chain, console)
                film = build.compare(chains, data, **look)
            write(_with_words(film, fair), outputs, told, args)


def _compared(
    args: Namespace, activations: list[str], models: Mapping[str, StoredModel], data: Dataset,
    recipe: Recipe,
) -> list[Subject]:  # fmt: skip
    """What stands side by side: networks that are trained first, then models of files."""
    wanted = _variants(args, activations, data)
    if not 1 <= len(models) + len(wanted) <= PANELS:
        raise WarpvizError(
            f"compare expects 1 to {PANELS} activations or models, got "
            f"{len(models) + len(wanted)}; such as: warpviz compare relu tanh gelu."
        )
    if not wanted:
        refuse_training_flags(args)
    subjects = [untrained(*each, data, recipe) for each in wanted]
    stems = [Path(path).stem for path in models]
    for path, model in models.items():
        # A file is called by its name alone where that is clear.
        clear = stems.count(Path(path).stem) == 1
        chain = fitting(model.chain, data)
        subjects.append(Subject(Path(path).stem if clear else path, chain))
    refuse_twice("compare", [subject.name for subject in subjects])
    return subjects


def _with_words(film: Animation, words: str) -> Animation:
    """A film that has these words stored with it."""
    return replace(film, description=f"{film.description} {words}".strip())


def _variants(args: Namespace, activations: list[str], data: Dataset) -> list[tuple[str, str, str]]:
    """What to train, (name, layers, activation) each.

    Layers that leave an activation open are filled with each activation in turn; layers that name
    all of theirs are one more panel.
    """
    layers: list[str] = getattr(args, "layers", [])
    usual = default_layers(args, data)
    check_activation(args, layers or [usual])
    if activations and "activation" in args:
        raise WarpvizError(
            "compare takes activations as words; leave out --activation or the words."
        )
    closed = [each for each in layers if not is_open(each)]
    opened = [each for each in layers if is_open(each)]
    if not activations and (opened or "activation" in args):
        activations = [getattr(args, "activation", ACTIVATION)]
    opened = opened or [usual]
    names = [
        (titled(name) if len(opened) == 1 else f"{titled(name)} {each}", each, name)
        for name in activations
        for each in opened
    ]
    return names + [(each, each, ACTIVATION) for each in closed]


def _tell_wide(name: str, chain: Chain, console: Console) -> None:
    """Say beforehand that a wide network's sheet takes a moment, and may be sampled."""
    units = bending_units(chain) if is_piecewise_linear(chain) else 0
    if units > NARROW:
        console.note(
            f"{name}: {units} units fold the sheet, which takes a moment before the first frame; "
            "if they make too many linear pieces to be cut, its folds are sampled"
        )


def _check(subjects: list[Subject], data: Dataset, args: Namespace) -> None:
    """Refuse models that do not fit the data, or overflow on it, and stops that there are not."""
    options = Options.of(look_of(args))
    options.look.dressed(data)
    trail_points(options.look, data)
    check_panels(len(subjects), options.look.size or build.default_size(len(subjects)))
    plays = [Play.of(subject.chain, options.staging) for subject in subjects]
    build.check_stops(plays, options.clock)
    build.check_views(plays, options)
    last = max(len(play.acts) for play in plays)
    check_acts(args, last)
    last = 1 if "turntable" in args else last
    for place in getattr(args, "at", ()):
        if place > last:
            raise WarpvizError(f"--at expects 0 to {last}, the film's stops, got {place:g}.")
    for subject in subjects:
        check_fit(subject.chain, data)
        if subject.recipe is None:
            subject.chain.states(data.x)
