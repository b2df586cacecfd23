"""The verbs: what each is for, its flags, and where its function is (loaded when it is run)."""

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass

from warpviz.cli.flags import explain as explain_flags
from warpviz.cli.flags import films as film_flags
from warpviz.cli.flags import models as model_flags
from warpviz.cli.flags import plain as plain_flags
from warpviz.cli.flags import shared as flags
from warpviz.cli.flags import written as written_flags
from warpviz.cli.flags.curves import activations
from warpviz.cli.flags.lab import lab
from warpviz.cli.flags.study import study
from warpviz.cli.parser import Parser


@dataclass(frozen=True)
class Verb:
    """One entry of `VERBS`.

    Attributes:
        summary: one line.
        examples: commands that work as they stand.
        flags: adds its own flags to a parser.
        run: "module:function" within `warpviz.cli`; the function takes (args, console).
    """

    summary: str
    examples: tuple[str, ...]
    flags: Callable[[ArgumentParser], None]
    run: str


VERBS = {
    "render": Verb(
        "Train a model, or load one, and film how it bends the plane.",
        ("warpviz render --activation tanh -o fold.gif", "warpviz render --classic -o classic.gif"),
        film_flags.render,
        "films:render",
    ),
    "compare": Verb(
        "The same data, seed and clock under several activations, side by side.",
        (
            "warpviz compare relu tanh gelu -o compare.gif",
            "warpviz compare relu tanh gelu --training -o learn.gif",
        ),
        film_flags.compare,
        "films:compare",
    ),
    "gallery": Verb(
        "Make the gallery's pieces, all or some.",
        ("warpviz gallery -o warpviz-gallery", "warpviz gallery --list"),
        plain_flags.gallery,
        "gallery:gallery",
    ),
    "train": Verb(
        "Train a model and store it.",
        (
            "warpviz train --data spirals --activation tanh --layers 8,8 -o spirals.npz",
            "warpviz train --data moons --film learn.gif",
        ),
        film_flags.train,
        "models:train",
    ),
    "inspect": Verb(
        "Tell a model's widths, layers, parameters, accuracy and the measures of every layer.",
        ("warpviz inspect spirals.npz --json",),
        model_flags.inspect,
        "models:inspect",
    ),
    "regions": Verb(
        "Draw and count the linear regions of the input plane, with the decision boundary.",
        (
            "warpviz regions spirals.npz --limits -1,1,-1,1 -o regions.svg",
            "warpviz regions spirals.npz --json",
        ),
        model_flags.regions,
        "regions:regions",
    ),
    "activations": Verb(
        "Draw activations and their slopes, film how they bend the line, or tell their numbers.",
        (
            "warpviz activations relu gelu 'z/(1 + abs(z))' -o curves.svg -o curves.gif",
            "warpviz activations --table json",
        ),
        activations,
        "activations:activations",
    ),
    "formula": Verb(
        "Write the function of a model as a formula: LaTeX, or drawn.",
        ("warpviz formula hand.json", "warpviz formula hand.json --form matrix -o hand.svg"),
        explain_flags.formula,
        "explain:formula",
    ),
    "graph": Verb(
        "Draw the graph of an output, of a gradient, of values at a point, or of the network.",
        (
            "warpviz graph hand.json --gradient w111 -o gradient.svg",
            "warpviz graph hand.json --at 0.3,-0.2 -o values.svg",
        ),
        explain_flags.graph,
        "explain:graph",
    ),
    "trace": Verb(
        "Print one forward pass, and with a target the backward pass, number by number.",
        ("warpviz trace hand.json --at 0.05,0.1 --target 0,1",),
        explain_flags.trace,
        "explain:trace",
    ),
    "plot": Verb(
        "Draw the function itself: a curve for one input, filled contours for two.",
        ("warpviz plot sine.json --limits 0,5 -o plot.svg",),
        explain_flags.plot,
        "explain:plot",
    ),
    "export": Verb(
        "Write a model as source code that needs no warpviz.",
        ("warpviz export moons.npz -o net.py",),
        explain_flags.export,
        "explain:export",
    ),
    "approximate": Verb(
        "Teach a network a function of one number, and film the curve as it is learnt.",
        (
            "warpviz approximate exp -o exp.gif",
            "warpviz approximate abs --compare identity,relu,tanh -o abs.gif",
        ),
        explain_flags.approximate,
        "approximate:approximate",
    ),
    "landscape": Verb(
        "Draw the loss around the end of training with the optimizers' paths, or film the way.",
        (
            "warpviz landscape -o landscape.gif",
            "warpviz landscape --optimizers descent,adam,lbfgs -o landscape.png",
        ),
        explain_flags.landscape,
        "landscape:landscape_",
    ),
    "study": Verb(
        "Train and measure many networks alike: tables, figures and a report.",
        (
            "warpviz study --activation relu,tanh,gelu --layers 2,2 --seeds 0:10 -o report.html",
            "warpviz study --layers 4,4 --layers 8 --seeds 0:50 -o rings.parquet -o rings.csv",
        ),
        study,
        "study:study",
    ),
    "lab": Verb(
        "Make a page in which one takes hold of a network, trains it and watches the sheet fold.",
        ("warpviz lab -o lab.html", "warpviz lab --model spirals.npz -o spirals.html"),
        lab,
        "lab:lab",
    ),
    "convert": Verb(
        "Turn a model of another framework into one of ours, and back.",
        ("warpviz convert net.onnx -o net.npz", "warpviz convert model.npz -o model.onnx"),
        model_flags.convert,
        "models:convert",
    ),
    "embed": Verb(
        "Print a ready snippet that puts a player into a web page, a slide or a book.",
        ("warpviz embed fold.html --for reveal",),
        written_flags.embed,
        "embed:embed",
    ),
    "check": Verb(
        "Tell whether files are whole, in any of our formats, and what they hold.",
        ("warpviz check fold.gif model.npz",),
        written_flags.check,
        "check:check",
    ),
    "completion": Verb(
        "Print what makes a shell complete verbs, flags and names; bash reads it by eval.",
        ("warpviz completion bash",),
        plain_flags.completion,
        "shells.completion:completion",
    ),
    "list": Verb(
        "Name what there is: data sets, activations, formats, themes and more.",
        ("warpviz list activations",),
        plain_flags.topics,
        "listing:list_names",
    ),
}


def parser_of(name: str) -> Parser:
    """The parser of a verb."""
    verb = VERBS[name]
    parser = Parser(name, verb.summary, verb.examples)
    verb.flags(parser)
    flags.console(parser)
    parser.usage = " ".join([parser.prog, *parser.operands(), "[options]"])
    return parser
