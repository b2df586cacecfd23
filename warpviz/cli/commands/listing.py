"""The verb list: every name that a flag takes, with a line of meaning."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping

from warpviz.cli.console import Console
from warpviz.names import unknown_name

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "themes": {
        "dark": "on a near-black ground, for screens",
        "light": "on white, for paper and bright rooms",
    },
    "parts": {
        "sheet": "the cloth, tinted by the predicted class",
        "grid": "lines of the graph paper on it",
        "dots": "the data",
        "creases": "where units fold the cloth",
        "boundary": "where the prediction changes",
        "regions": "the predicted class, without shades of doubt",
        "axes": "ticks where the state is a plane",
        "caption": "which layer acts, and how",
        "track": "the stops of the film, at the foot",
        "legend": "the classes",
        "scale": "a bar that keeps the zoom honest",
        "measures": "numbers of every layer",
        "basis": "unit vectors in affine acts between states of up to 3 units, what they span, and "
        "its determinant; none in other acts",
    },
    "views": {
        "auto": "planes from above, spaces in perspective, wider layers along principal axes",
        "2d": "the first two coordinates, from above",
        "3d": "three coordinates, always in perspective",
        "pca": "principal axes from width 2 on",
    },
    "motions": {
        "polar": "rotate and stretch: no affine layer collapses on its way",
        "lerp": "straight lines from each place to the next",
    },
    "easings": {
        "linear": "one speed, starts and stops at once",
        "smooth": "starts and ends gently",
        "smoother": "starts and ends more gently",
        "sine": "starts and ends gently, as a pendulum does",
    },
}
"""Of the names whose tables hold functions and numbers, no words."""


def _first_line(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip().partition("\n")[0].rstrip(".")


def names_of(topic: str) -> dict[str, str]:
    """Name → meaning of everything that there is of a topic."""
    from warpviz.data import DATASETS, LAYERS
    from warpviz.data.collections import COLLECTIONS, WIDER
    from warpviz.film.words.captions import CAPTIONS
    from warpviz.languages.language import LANGUAGES
    from warpviz.measure.columns import NETWORK_COLUMNS, STOP_COLUMNS
    from warpviz.model import ACTIVATIONS
    from warpviz.motion.easing import EASINGS
    from warpviz.motion.interpolate import MOTIONS
    from warpviz.motion.projection import VIEWS
    from warpviz.output.writers import PRINTED, SLIDES, WRITERS
    from warpviz.picture.scene import PARTS
    from warpviz.player.hosts.table import HOSTS
    from warpviz.theme import THEMES
    from warpviz.training import OPTIMIZERS

    if topic == "datasets":
        own = {
            name: maker.title + (f"; layers {maker.layers}" if maker.layers != LAYERS else "")
            for name, maker in DATASETS.items()
        }
        collections = {
            name: what + (f"; layers {WIDER[name]}" if name in WIDER else "")
            for name, what in COLLECTIONS.items()
        }
        return own | collections
    if topic == "optimizers":
        return {name: _first_line(each.method) for name, each in OPTIMIZERS.items()}
    if topic == "formats":
        models = {
            ".npz": "Model: plain arrays, exact; read and written",
            ".onnx": "Model: in single precision, for other programs; read and written",
            ".json": "Model: plain text, also by hand; read and written",
            ".safetensors": "Model: arrays, with a .json of the layers beside it; read",
        }
        films = {name: _first_line(writer) for name, writer in WRITERS.items()}
        return films | SLIDES | PRINTED | models
    if topic == "captions":
        return {name: _first_line(writer) for name, writer in CAPTIONS.items()}
    if topic == "hosts":
        return {name: host.where for name, host in HOSTS.items()}
    if topic == "languages":
        return dict(LANGUAGES)
    if topic == "activations":
        return {name: record.meaning or record.formula for name, record in ACTIVATIONS.items()}
    if topic == "measures":
        return {
            name: f"{column.group}: {column.meaning.rstrip('.')}"
            for table in (STOP_COLUMNS, NETWORK_COLUMNS)
            for name, column in table.items()
        }
    tables: dict[str, Iterable[str]] = {
        "themes": THEMES,
        "parts": PARTS,
        "views": VIEWS,
        "motions": MOTIONS,
        "easings": EASINGS,
    }
    return {name: MEANINGS[topic].get(name, "") for name in tables[topic]}


TOPICS = (
    "datasets", "activations", "optimizers", "formats", "themes", "parts", "views", "motions",
    "easings", "captions", "languages", "hosts", "measures",
)  # fmt: skip


def list_names(args: Namespace, console: Console) -> None:
    """Print the names of one topic, or of all."""
    topics: list[str] = getattr(args, "topics", None) or list(TOPICS)
    for topic in topics:
        if topic not in TOPICS:
            raise unknown_name("topic", topic, TOPICS)
    for number, topic in enumerate(topics):
        names = names_of(topic)
        width = max(map(len, names))
        if len(topics) > 1:
            console.result(("\n" if number else "") + topic)
        indent = "  " if len(topics) > 1 else ""
        for name, meaning in names.items():
            console.result(f"{indent}{name:{width}}  {meaning}".rstrip())
