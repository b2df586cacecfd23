"""The verbs about models: train, convert and inspect."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable
from warpviz.cli.commands.learning import check_camera, check_layer
from warpviz.cli.commands.planes import plane_apart, seen_on
from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.outputs import FILM_FILES, charts_of, look_of, refuse_twice, write
from warpviz.cli.scores import accuracy
from warpviz.cli.storing import store
from warpviz.cli.subjects import (
    data_of,
    default_layers,
    fit_of,
    one_untrained,
    recipe_of,
    stored,
)
from warpviz.cli.tables import measure_table, measured_rows
from warpviz.convert.files import check_model_file, save_model
from warpviz.convert.pairing import check_fit, fitting
from warpviz.data import Dataset
from warpviz.errors import WarpvizError, visible
from warpviz.film.options import Options
from warpviz.film.training import animate_training
from warpviz.film.words.numbers import percent, rounded_down
from warpviz.geometry.plane import plane_of
from warpviz.model import Chain


def train(args: Namespace, console: Console) -> None:
    """Train one model and store it."""
    filmed = "film" in args or "frames" in args
    if "output" not in args and not filmed:
        raise WarpvizError("train expects a file to write, got none; add -o model.npz.")
    _check_outputs(args)
    look = look_of(args)
    films = charts_of(args, _films(args), look, "--film")
    data = data_of(args, {})
    if filmed:
        plane_of(data)  # what films of training show
        Options.of(look).look.dressed(data)
    subject = one_untrained(args, data, recipe_of(args, data))
    check_fit(subject.chain, data)
    if filmed:
        check_camera([subject], args)
    with working():
        chain, _, history = fit_of(subject, data, console)
        store(chain, data, getattr(args, "output", []), args, console)
        if filmed and history is not None:
            film = animate_training(history, data, layer=getattr(args, "film_layer", None), **look)
            write(film, films, console, args)


def _films(args: Namespace) -> list[str]:
    """Where to film the training.

    Raises:
        WarpvizError: for a layer that there is not, or flags of a film that is not asked for.
    """
    if "film" not in args and "frames" not in args:
        known = {"size", "theme", "transparent", "colors", "font"}
        known |= {"fps", "seconds", "loop", "jobs", "film_layer"}
        known |= {"language", "view", "camera", *FILM_FILES}
        asked = sorted(known & set(vars(args)))
        if asked:
            flag = asked[0].replace("_", "-")
            raise WarpvizError(f"--{flag} is about a film of the training; add --film learn.gif.")
    elif "film_layer" in args:
        last = getattr(args, "layers", default_layers(args)).count(",") + 2
        check_layer(args, last)
    return list(getattr(args, "film", []))


def convert(args: Namespace, console: Console) -> None:
    """Read a model of any kind and write it as another."""
    if "output" not in args:
        raise WarpvizError("convert expects a file to write, got none; add -o model.npz.")
    _check_outputs(args)
    model = stored(args.file)
    widths = "-".join(map(str, model.chain.widths))
    console.note(f"{args.file}: {widths}, {model.chain.n_parameters} parameters")
    with working():
        for path in args.output:
            console.path(
                save_model(
                    model.chain,
                    path,
                    data_name=model.data_name,
                    class_names=model.class_names,
                    mean=model.mean,
                    scale=model.scale,
                )
            )


def _check_outputs(args: Namespace) -> None:
    for path in getattr(args, "output", []):
        check_model_file(Path(path))
        check_writable(path)
    refuse_twice("-o", getattr(args, "output", []))


def inspect(args: Namespace, console: Console) -> None:
    """Tell what a model is, as a table or as JSON."""
    plane, args = plane_apart(args)
    model = stored(args.file)
    data: Dataset | None
    if plane is not None:
        model, data = seen_on(plane, args.file, model, args, console)
        chain = model.chain if data is None else fitting(model.chain, data)
        if data is None:
            console.note("No measures on a plane without data; name some with --data.")
    elif "data" in args:
        data = data_of(args, {args.file: model})
        chain = fitting(model.chain, data)
    else:
        chain = model.chain
        try:
            data = data_of(args, {args.file: model})
            chain = fitting(chain, data)
        except WarpvizError as error:
            console.note(f"No accuracy: {error}")
            data = None
    with working():
        facts = described(args.file, model.chain, data, chain)
        facts["measures"] = None if data is None else measured_rows(chain, data, args)
    console.result(
        json.dumps(facts, indent=2, ensure_ascii=False) if "json" in args else table(facts)
    )


def described(file: str, chain: Chain, data: Dataset | None, fitted: Chain) -> dict[str, Any]:
    """All that inspect tells; `data`, `accuracy` and `r_squared` are None where they do not apply.

    Data of classes has an accuracy, data of numbers an R². What is judged is the chain as it is
    fitted to the data, what is described is itself.
    """
    widths = chain.widths
    layers = [
        {
            "layer": k + 1,
            "kind": type(layer).__name__.lower(),
            "activation": getattr(layer, "activation", getattr(layer, "name", None)),
            "n_in": widths[k],
            "n_out": widths[k + 1],
            "parameters": sum(array.size for array in layer.parameters),
        }
        for k, layer in enumerate(chain)
    ]
    facts: dict[str, Any] = {"model": file, "widths": list(widths), "layers": layers}
    facts |= {"parameters": chain.n_parameters, "data": None, "accuracy": None, "r_squared": None}
    if data is not None:
        facts["data"] = {"name": data.name, "points": len(data)}
        if data.targets is None:
            facts["data"]["class_names"] = list(data.class_names)
            facts["accuracy"] = accuracy(fitted, data)
        else:
            facts["data"]["targets"] = [float(data.targets.min()), float(data.targets.max())]
            facts["r_squared"] = accuracy(fitted, data)
    return facts


def table(facts: dict[str, Any]) -> str:
    """What inspect tells, aligned for people."""
    head = ("layer", "kind", "activation", "in", "out", "parameters")
    keys = ("layer", "kind", "activation", "n_in", "n_out", "parameters")
    rows = [head, *(tuple(str(each[key] or "–") for key in keys) for each in facts["layers"])]
    columns = [max(len(row[i]) for row in rows) for i in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if head[i] in ("kind", "activation") else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, columns, strict=True))
        ).rstrip()
        for row in rows
    ]
    widths = " → ".join(map(str, facts["widths"]))
    top = f"{visible(facts['model'])}: {widths}, {facts['parameters']} parameters"
    if facts["data"] is None:
        return "\n".join([top, "", *lines])
    data = facts["data"]
    if facts["accuracy"] is None:
        found = f"R² {rounded_down(facts['r_squared'])}"
    else:
        found = f"{percent(facts['accuracy'])} right"
    last = f"{data['name']}: {data['points']} points, {found}"
    measures = measure_table(facts["measures"])
    return "\n".join([top, "", *lines, "", *measures, "", last])
