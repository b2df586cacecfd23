"""Models, runs, data and folders of frames, read as every other command reads them."""

import re
from pathlib import Path

from warpviz.checking.found import Found, NotWhole, counted, text_of
from warpviz.checking.pictures import png
from warpviz.convert.files import load_stored
from warpviz.data import load_data
from warpviz.data.files import read_arrays
from warpviz.errors import WarpvizError
from warpviz.model.captions import outline
from warpviz.model.descriptions import read_description
from warpviz.training.online import steps_in


def npz(path: Path) -> Found:
    """A model, a run that can be gone on with, or data.

    Raises:
        NotWhole: as all checks here.
    """
    try:
        arrays = read_arrays(path)
        if "layers" not in arrays:
            return data(path)
        found = model(path)
        if "run_told" not in arrays:
            return found
        return Found("run", f"{counted(steps_in(path), 'step')} of {found.told}")
    except WarpvizError as error:
        raise NotWhole(_reason(error, path)) from None


def model(path: Path) -> Found:
    """A model of any kind that is read."""
    try:
        stored = load_stored(path)
    except WarpvizError as error:
        raise NotWhole(_reason(error, path)) from None
    named = "" if stored.data_name is None else f", of {stored.data_name}"
    return Found("model", f"{outline(stored.chain)}{named}")


def json(path: Path) -> Found:
    """A model, or data."""
    try:
        told = read_description(path)
    except WarpvizError as error:
        raise NotWhole(_reason(error, path)) from None
    return model(path) if isinstance(told, dict) and "layers" in told else data(path)


def data(path: Path) -> Found:
    """Labelled points of any kind that is read."""
    try:
        found = load_data(str(path))
    except WarpvizError as error:
        raise NotWhole(_reason(error, path)) from None
    told = f"{counted(len(found), 'point')} of {counted(found.x.shape[1], 'feature')}"
    if found.targets is not None:
        return Found("data", f"{told}, targets that are numbers")
    return Found("data", f"{told}, {found.n_classes} classes")


def frames(folder: Path) -> Found:
    """A folder of frames: each that its list names, and no more."""
    if not (folder / "film.ffconcat").exists():
        raise NotWhole("it is a folder that holds neither frames with their lists nor a study")
    listed = re.findall(r"^file (frame-\d+\.png)$", text_of(folder / "film.ffconcat"), re.MULTILINE)
    names = listed[:-1]  # the last one is named twice
    rates = text_of(folder / "timeline.txt").splitlines()
    there = sorted(each.name for each in folder.glob("frame-*.png"))
    if not names or sorted(names) != there or len(rates) != len(names):
        raise NotWhole(f"{counted(len(there), 'picture')} are there, its lists name others")
    sizes = set()
    for name in names:
        try:
            sizes.add(png(folder / name).told)
        except NotWhole as problem:
            raise NotWhole(f"{name}: {problem}") from None
    if len(sizes) > 1:
        raise NotWhole("its pictures have several sizes")
    return Found("frames", f"{counted(len(names), 'picture')} of {sizes.pop()}")


def _reason(error: WarpvizError, path: Path) -> str:
    """What is wrong, without the name that is told already."""
    text = re.sub(rf"^(Data file|File|Model)? ?'?{re.escape(str(path))}'? ", "it ", str(error))
    return text.rstrip(".")
