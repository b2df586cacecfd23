"""The verbs that open the box: formula, graph, trace, plot and export."""

from argparse import Namespace
from pathlib import Path

from warpviz.atomic import check_writable
from warpviz.cli.commands.planes import names_of, plane_apart, seen_on
from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.outputs import refuse_twice, theme_of
from warpviz.cli.subjects import stored
from warpviz.convert.files import as_it_comes, check_model_file, save_model
from warpviz.errors import WarpvizError
from warpviz.explain.formulas.formula import formula as formula_of
from warpviz.explain.formulas.typeset import check_picture
from warpviz.explain.graphing.graph import Graph, check_graph
from warpviz.explain.graphing.graphs import FORMS
from warpviz.explain.graphing.graphs import graph as graph_of
from warpviz.explain.passes.descent import descend, steps_told
from warpviz.explain.source import check_source
from warpviz.explain.source import export as write_source
from warpviz.figures.files import check_plot
from warpviz.figures.function import plot_limits, save_plot
from warpviz.model import Chain, StoredModel


def _chain(args: Namespace, console: Console) -> Chain:
    """The model, taking features as they come."""
    model = stored(args.file)
    if model.mean is not None:
        console.note("The model was trained on standardised features; its first layer does that.")
    return as_it_comes(model)


def _usual(model: StoredModel) -> tuple[float, ...]:
    """The limits where none are given, in the data's own units.

    Two deviations hold most of data that were standardised; −1 to 1 need not meet them at all.
    """
    if model.mean is None or model.scale is None:
        return ()
    sides = zip(model.mean - 2 * model.scale, model.mean + 2 * model.scale, strict=True)
    return tuple(float(end) for side in sides for end in side)


def formula(args: Namespace, console: Console) -> None:
    """Write the function of a chain."""
    paths = [Path(path) for path in getattr(args, "output", [])]
    look = theme_of(args, "light", console)
    for path in paths:
        check_picture(path, look)
    refuse_twice("-o", getattr(args, "output", []))
    names = ("form", "digits", "letters", "limits")
    given = {name: getattr(args, name) for name in names if name in args}
    if given.get("form") == "piecewise" and "limits" not in given:
        given["limits"] = _usual(stored(args.file))
    written = formula_of(_chain(args, console), **given)
    latex = written.latex
    with working():
        for path in paths:
            console.path(written.save(path, theme=look))
    if not paths:
        console.result(latex)


def graph(args: Namespace, console: Console) -> None:
    """Draw a computation graph."""
    paths = [Path(path) for path in getattr(args, "output", ["graph.svg"])]
    look = theme_of(args, "light", console)
    for path in paths:
        check_graph(path)
    refuse_twice("-o", getattr(args, "output", []))
    drawn = _graph(args, console)
    with working():
        for path in paths:
            console.path(drawn.save(path, theme=look))
    console.note(f"{len(drawn.nodes)} nodes, {len(drawn.edges)} edges")


FLAGS = {"output": "output_number"}
"""Arguments of a graph whose flags are kept under another name."""


def _graph(args: Namespace, console: Console) -> Graph:
    names = sorted(set().union(*FORMS.values()))
    given = {name: FLAGS.get(name, name) for name in names if FLAGS.get(name, name) in args}
    if "expression" in args:
        for name in ("file", "form", *sorted(set(given.values()) - {"share"})):
            if name in args and getattr(args, name) is not None:
                raise WarpvizError(f"--expression stands alone; leave out {_flag(name)}.")
        return graph_of(args.expression, share="share" in args)
    if getattr(args, "file", None) is None:
        raise WarpvizError("graph expects a model, or --expression 'a + b'.")
    form = getattr(args, "form", "values" if "at" in args else "expression")
    if form not in FORMS:
        raise WarpvizError(f"--form expects {', '.join(FORMS)}, got '{form}'.")
    for name in sorted(set(given) - FORMS[form]):
        raise WarpvizError(f"The {form} form has no {_flag(given[name])}; leave it out.")
    if form == "values" and "at" not in args:
        raise WarpvizError("The values form expects a point; add --at 0.3,-0.2.")
    if form == "expression" and len(getattr(args, "target", None) or ()) > 1:
        raise WarpvizError("--target expects one number here, that of the one output.")
    words = {name: getattr(args, flag) for name, flag in given.items()}
    return graph_of(_chain(args, console), form=form, **words)


def _flag(name: str) -> str:
    names = {"file": "the model", "output_number": "--output"}
    return names.get(name, f"--{name.replace('_', '-')}")


TRACED = ("loss", "learning_rate", "steps")


def trace(args: Namespace, console: Console) -> None:
    """Print one pass."""
    if "at" not in args:
        raise WarpvizError("trace expects a point; add --at 0.05,0.1.")
    if "target" not in args and {"loss", "learning_rate", "steps", "output"} & set(vars(args)):
        raise WarpvizError(
            "A loss, a learning rate, steps and a model to write need a target; add --target 1."
        )
    paths = [Path(path) for path in getattr(args, "output", [])]
    for path in paths:
        check_model_file(path)
        check_writable(path)
    words = {name: getattr(args, name) for name in TRACED if name in args}
    passes = descend(_chain(args, console), args.at, getattr(args, "target", None), **words)
    look = {name: getattr(args, name) for name in ("format", "style", "digits") if name in args}
    console.result(steps_told(passes, **look).rstrip("\n"))
    for path in paths:
        save_model(passes[-1].updated, path, class_names=stored(args.file).class_names)
        if look.get("format") != "json":
            console.path(path)


def plot(args: Namespace, console: Console) -> None:
    """Draw the function itself."""
    paths = [check_plot(path) for path in getattr(args, "output", ["plot.svg"])]
    refuse_twice("-o", getattr(args, "output", []))
    look = theme_of(args, "light", console)
    plane, args = plane_apart(args)
    model = stored(args.file)
    if plane is None:
        chain = _chain(args, console)
    else:
        model, _ = seen_on(plane, args.file, model, args, console)
        chain = as_it_comes(model)
    limits = plot_limits(chain, getattr(args, "limits", _usual(model)))
    number = getattr(args, "output_number", None)
    if number is not None and not 1 <= number <= chain.widths[-1]:
        raise WarpvizError(f"--output expects 1 to {chain.widths[-1]}, got {number}.")
    with working():
        for path in paths:
            console.path(
                save_plot(
                    chain,
                    path,
                    limits=limits,
                    output=number,
                    names=model.class_names,
                    inputs=("x₁", "x₂") if plane is None else names_of(plane),
                    theme_name=look,
                    transparent="transparent" in args,
                )
            )


def export(args: Namespace, console: Console) -> None:
    """Write source code."""
    if "output" not in args:
        raise WarpvizError("export expects a file to write, got none; add -o net.py or -o net.c.")
    for path in args.output:
        check_source(Path(path))
    refuse_twice("-o", args.output)
    model = stored(args.file)
    chain = _chain(args, console)
    with working():
        for path in args.output:
            console.path(write_source(chain, path, class_names=model.class_names))
