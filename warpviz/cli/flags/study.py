"""The flags of study."""

from argparse import ArgumentParser

from warpviz.cli.flags import looks, values
from warpviz.cli.flags import shared as flags


def study(parser: ArgumentParser) -> None:
    """Flags of study."""
    flags.output(
        parser,
        "FILE",
        "study.parquet, the folder that keeps everything: rows, runs and all networks; .csv rows, "
        "and runs beside them (rings-runs.csv); report.html with its figures; .svg, .pdf or .png "
        "of --plot; repeats (study.parquet)",
    )
    grid = parser.add_argument_group("grid: every data with all layers, activations and seeds")
    grid.add_argument(
        "--data",
        type=values.entries_of,
        metavar="NAME|FILE,…",
        help="as of `warpviz train` (rings)",
    )
    grid.add_argument(
        "--activation",
        type=values.entries_of,
        metavar="NAME,…",
        help="of all hidden layers (relu); see `warpviz list activations`",
    )
    grid.add_argument(
        "--layers",
        type=values.widths,
        metavar="4,4",
        action="append",
        help="hidden widths (4,4); repeat it for networks of another shape",
    )
    grid.add_argument(
        "--seeds",
        metavar="0:50|0,3,7",
        help="of first weights: from, up to but not including, or one by one (0:10)",
    )
    training = parser.add_argument_group("training: one start each")
    training.add_argument("--optimizer", metavar="NAME", help="adam, descent or lbfgs (adam)")
    training.add_argument(
        "--learning-rate",
        type=values.real,
        metavar="RATE",
        help="length of a step (up to the method)",
    )
    training.add_argument(
        "--epochs", type=values.natural, metavar="N", help="of the whole training (2000)"
    )
    for name in ("penalty", "evenness"):
        training.add_argument(
            f"--{name}",
            type=values.real,
            metavar="FACTOR",
            help="as of `warpviz train`; none unless asked for (0)",
        )
    training.add_argument("--points", type=values.natural, metavar="N", help="of made data (1800)")
    training.add_argument(
        "--holdout",
        type=values.real,
        metavar="SHARE",
        help="of the points that networks are tested with and never see (0.2)",
    )
    training.add_argument(
        "--seed", type=values.count, metavar="N", help="of data, and of what is held out (0)"
    )
    looking = parser.add_argument_group("measuring")
    looking.add_argument(
        "--times",
        metavar="log|linear|end|0,10,…",
        help="epochs at which networks are kept and measured: 10 evenly spaced in the logarithm, "
        "with 0 (log); log:20 for 20 of them; evenly; the last alone; or these",
    )
    looking.add_argument(
        "--measure",
        type=values.words,
        metavar="GROUP|COLUMN,…",
        help="what is measured (core); `warpviz list measures` tells groups and columns",
    )
    looking.add_argument(
        "--plot",
        type=values.words,
        metavar="X,Y[,BY]",
        help="the figure of .svg, .pdf and .png: columns of its axes and of its colours "
        "(epoch,train_accuracy,activation)",
    )
    looks.theme(looking, "light")
    working = parser.add_argument_group("work")
    working.add_argument(
        "--jobs",
        type=values.count,
        metavar="N",
        help="processes; 0 is one a core (0); tables have the same bytes for any number",
    )
    working.add_argument(
        "--resume",
        action="store_true",
        help="go on with the study in the .parquet folder, where an earlier command was ended",
    )
    working.add_argument(
        "--scheduler",
        metavar="tcp://HOST:8786",
        help="let the workers of this scheduler of Dask do it, on as many machines as it has",
    )
    working.add_argument(
        "--dry-run", action="store_true", help="tell what would be done and how long it takes"
    )
