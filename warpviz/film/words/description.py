"""A film in words, for those who cannot see it: model, data, and what each act does."""

from collections.abc import Mapping, Sequence

import numpy as np

from warpviz.data.dataset import Dataset
from warpviz.film.play import Act, Play
from warpviz.geometry.curve import kinks
from warpviz.geometry.folds import pre_activation
from warpviz.geometry.sheet import Sheet
from warpviz.geometry.tears import tears_sheet
from warpviz.languages.language import ENGLISH, Language
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.binary import adds_zero
from warpviz.model.captions import outline
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax, steps_of
from warpviz.model.residual import Residual


def described(plays: Mapping[str, Play], sheets: Sequence[Sheet], data: Dataset) -> str:
    """What a film shows, in words.

    Args:
        plays: title → what is played; the title of a film of one panel is "".
        sheets: of each play: no fold is told that its sheet does not have.
        data: the dots.
    """
    say = next(iter(plays.values())).say
    known = {"points": _points(data, say), "network": _networks(plays, say)}
    if data.x.shape[1] == 1:
        told = [say("{points} lie on a line, and {network} moves both, act by act.", **known)]
    else:
        told = [
            say(
                "{points} lie on a sheet of graph paper, and {network} moves both, act by act.",
                **known,
            )
        ]
    for (title, play), sheet in zip(plays.items(), sheets, strict=True):
        if title:
            told.append(say("{sentence}.", sentence=title))
        told += [
            say("Act {number}: {what}.", number=number, what=_does(play, act, sheet))
            for number, act in enumerate(play.acts, start=1)
        ]
    return say.joined(told)


def of_points(
    data: Dataset,
    names: Sequence[str],
    through: str,
    sheet: bool = False,
    say: Language = ENGLISH,
) -> str:
    """A film of states in words.

    Args:
        data: the dots.
        names: of the states.
        through: what the dots go through.
        sheet: whether they carry a sheet along.
        say: the language.
    """
    known = {"points": _points(data, say), "what": through, "names": say(", ").join(names)}
    if sheet:
        return say(
            "{points} lie on a sheet of graph paper, and both go through {what}: {names}.", **known
        )
    return say("{points} are seen as they go through {what}: {names}.", **known)


def of_turntable(data: Dataset, stops: Mapping[str, str], sheet: bool, say: Language) -> str:
    """A stop that turns, in words.

    Args:
        data: the dots.
        stops: title of each panel → the name of its stop; the title of a single one is "".
        sheet: whether the dots lie on one.
        say: the language.
    """
    named = {
        say("{who}: {what}", who=title, what=stop) if title else stop: None
        for title, stop in stops.items()
    }
    known = {"points": _points(data, say), "names": say("; ").join(named)}
    if not sheet:
        return say(
            "{points} stand still at one stop ({names}), and the camera goes around them once.",
            **known,
        )
    if data.x.shape[1] == 1:
        return say(
            "{points} lie on a line; both stand still at one stop ({names}), and the camera goes "
            "around them once.",
            **known,
        )
    return say(
        "{points} lie on a sheet of graph paper; both stand still at one stop ({names}), and the "
        "camera goes around them once.",
        **known,
    )


def _points(data: Dataset, say: Language) -> str:
    """The dots, in words."""
    count, names = len(data), data.class_names
    if data.targets is not None:
        what = say(
            "{count:# point|# points} with a number each ({least} to {most})",
            count=count, least=names[0], most=names[-1],
        )  # fmt: skip
    elif not data.labelled:
        what = say("{count:# point|# points} without labels", count=count)
    else:
        what = say(
            "{count:# point|# points} of {classes:# class|# classes} ({names})",
            count=count, classes=data.n_classes, names=say(", ").join(names),
        )  # fmt: skip
    return say("{who}: {what}", who=data.name, what=what) if data.name else what


def _networks(plays: Mapping[str, Play], say: Language) -> str:
    every = {"-".join(map(str, play.chain.widths[:1] + _dense(play))) for play in plays.values()}
    widths = say(" or ").join(sorted(every))
    if len(plays) == 1:
        return say("a neural network of widths {widths}", widths=widths)
    return say(
        "each of {count} panels shows how a neural network of widths {widths}",
        count=len(plays), widths=widths,
    )  # fmt: skip


def _dense(play: Play) -> tuple[int, ...]:
    return tuple(layer.n_out for layer in steps_of(play.chain) if isinstance(layer, Dense))


def _does(play: Play, act: Act, sheet: Sheet) -> str:
    layer = play.chain[act.layer]
    say, words = play.say, _words(play, act, sheet)
    if act.unit >= 0:
        return say("{what}, unit {unit} alone", what=words, unit=act.unit + 1)
    if play.stops[play.acts.index(act) + 1] != say("logits"):
        return words
    words = say("{what}; these are the logits", what=words)
    if isinstance(layer, Dense) and adds_zero(layer):
        words = say(
            "{what}, the first of them 0 throughout, which is added to the model's one output",
            what=words,
        )
    if any(line.kind == "boundary" for line in sheet.lines):
        one = layer.n_out == 2 if isinstance(layer, Dense) else False
        if one and not tears_sheet(play.chain):
            words = say("{what}, and the line between the classes is straight", what=words)
    return words


def _words(play: Play, act: Act, sheet: Sheet) -> str:
    layer = play.chain[act.layer]
    say = play.say
    if isinstance(layer, Softmax):
        if layer.log:
            return say("softmax turns scores into logarithms of probabilities")
        return say("softmax turns scores into probabilities")
    if isinstance(layer, Residual):
        # Without how many numbers it has, which are told in words.
        inner = outline(_inner(layer)).rpartition(", ")[0]
        moves = say(
            "every point x moves straight to x + f(x), f being a network {network}", network=inner
        )
        if any(line.kind == "crease" and line.layer == act.layer for line in sheet.lines):
            return say("{what}, and the sheet bends along the creases of f", what=moves)
        return moves
    if not isinstance(layer, Dense):
        does = _bends(play, act, sheet)
        return say("{name} {does}", name=_spelled(layer.name), does=does)
    known = {"before": layer.n_in, "after": layer.n_out}
    affine = say(
        "an affine map from {before} to {after} dimensions turns, stretches and shifts the sheet",
        **known,
    )
    if sheet.vertices.shape[1] == 1:
        affine = say(
            "an affine map from {before} to {after} dimensions turns, stretches and shifts the "
            "line",
            **known,
        )
    if layer.activation == "identity":
        return affine
    name, does = _spelled(layer.activation), _bends(play, act, sheet)
    return say("{affine}, and {name} {does}", affine=affine, name=name, does=does)


def _inner(layer: Residual) -> Chain:
    return Chain(layer.chain.layers, layer.chain.width)


def _spelled(name: str) -> str:
    """An activation's name, without the formula that may follow it."""
    return ACTIVATIONS[name].label


def _bends_line(play: Play, act: Act, sheet: Sheet) -> str:
    """What an activation does to the line that one feature is."""
    _, function = pre_activation(play.chain, act.layer)
    if function.breakpoints is None:
        return play.say("bends the line")
    count = kinks(play.chain, act.layer, sheet)
    if not count:
        return play.say("stretches the line, without a kink")
    return play.say("bends the line at {count:# place|# places}", count=count)


def _bends(play: Play, act: Act, sheet: Sheet) -> str:
    """What an activation does to this sheet."""
    if sheet.vertices.shape[1] == 1:
        return _bends_line(play, act, sheet)
    before, function = pre_activation(play.chain, act.layer)
    say, name = play.say, function.name.partition(":")[0]
    if name == "identity":
        return say("leaves the sheet as it is")
    units = np.arange(before.widths[-1]) if act.unit < 0 else np.array([act.unit])
    if any(
        line.kind == "crease" and line.layer == act.layer and line.unit in units
        for line in sheet.lines
    ):
        return say(function.does)
    if function.jumps:
        return say("moves what is left of the sheet, without a tear")
    if not function.breakpoints:
        return say("bends the sheet") if "fold" in function.does else say(function.does)
    z = before(sheet.vertices)[:, units]
    same = np.abs(function.f(z) - z).max(axis=0) == 0
    gone = np.ptp(function.f(z), axis=0) == 0
    if same.all():
        return say("leaves the sheet as it is")
    if gone.all() and act.unit < 0:
        return say("presses the whole sheet onto one point")
    if gone.all():
        return say("presses the sheet flat")
    if gone[~same].all():
        return say(
            "presses the sheet flat in {count} of {all} directions, without a fold",
            count=np.count_nonzero(~same), all=len(units),
        )  # fmt: skip
    return say("stretches the sheet, without a fold")
