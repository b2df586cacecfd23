"""Of films, their options and their parts."""

from pathlib import Path

import numpy as np

import warpviz as wv
from tests.calls.made import DATA, MODEL, SMALL, Calls, film, fitted
from warpviz.output.lookup import lookup_table


def trajectory() -> wv.Trajectory:
    return wv.Trajectory.through(MODEL, DATA.x[:3])


CALLS: Calls = {
    "Animation": lambda: (
        wv.Animation,
        {"scene": film().scene, "timeline": film().timeline, "loop": 0, "jobs": 1,
         "description": "", "notes": (), "colours": 32, "source": None},
    ),
    "Animation.clip": lambda: (film().clip, {"first": 1, "last": 2}),
    "Animation.frame": lambda: (film().frame, {"k": 0, "t": 0.5}),
    "Animation.frames": lambda: (lambda: next(film().frames()), {}),
    "Animation.indexed": lambda: (
        lambda **given: next(film().indexed(**given)),
        {"table": lookup_table(np.zeros((1, 3), np.uint8))},
    ),
    "Animation.poster": lambda: (film().poster, {}),
    "Animation.remade": lambda: (film().remade, {"fps": 2.0, "colours": 16, "size": None}),
    "Animation.save": lambda: (
        lambda path, **given: film().save(path, **given),
        {"path": "a.png", "at": 1, "filmstrip": False, "max_size": None,
         "page": None, "autoplay": None},
    ),
    "Animation.to_html": lambda: (film().to_html, {"autoplay": "0"}),
    "Animation.save_frames": lambda: (film().save_frames, {"folder": "pictures"}),
    "Animation.showing": lambda: (film().showing, {"scene": film().scene}),
    "Animation.shots": lambda: (lambda: next(film().shots()), {}),
    "Clock": lambda: (
        wv.Clock,
        {"fps": 20.0, "seconds": 1.0, "hold": 0.5, "start_hold": 0.5, "end_hold": 0.5,
         "hold_at": {0: 0.5}, "ease": "smooth", "loop": 0},
    ),
    "Clock.holds": lambda: (wv.Clock().holds, {"stops": 3, "reading": (1.0, 2.0, 3.0)}),
    "Frame": lambda: (wv.Frame, {"pixels": np.zeros((2, 2, 3), np.uint8), "centiseconds": 5}),
    "Staging": lambda: (
        wv.Staging,
        {"motion": "polar", "whole_layers": False, "softmax": False, "one_by_one": False,
         "caption": "name"},
    ),
    "Theme": lambda: (wv.Theme, dict(vars(wv.THEMES["light"]))),
    "Timeline": lambda: (
        wv.Timeline,
        {"acts": 2, "seconds": 1.0, "hold": 0.5, "fps": 20.0, "ease": "smooth",
         "lengths": (1.0, 2.0), "holds": (0.0, 1.0, 0.0), "clip": (0, 1)},
    ),
    "Timeline.classic": lambda: (wv.Timeline.classic, {"acts": 2, "rounds": 2, "fps": 20.0}),
    "Timeline.steps": lambda: (wv.Timeline(2).steps, {"k": 1}),
    "Trajectory": lambda: (
        wv.Trajectory, {"keyframes": np.zeros((2, 3, 2)), "widths": np.array([2, 2]), "swings": ()}
    ),
    "Trajectory.at": lambda: (trajectory().at, {"k": 0, "t": 0.5}),
    "Trajectory.centroid": lambda: (trajectory().centroid, {}),
    "Trajectory.of": lambda: (wv.Trajectory.of, {"states": MODEL.states(DATA.x), "swings": ()}),
    "Trajectory.of_points": lambda: (trajectory().of_points, {"index": np.array([0, 1])}),
    "Trajectory.through": lambda: (
        wv.Trajectory.through,
        {"chain": MODEL, "points": DATA.x, "motion": "polar", "whole_layers": False},
    ),
    "Look": lambda: (
        wv.Look,
        {"theme": "dark", "colors": None, "transparent": False, "size": (320, 240),
         "font": None, "title": "", "show": ("scale",), "hide": ("track",), "view": "auto",
         "camera": None, "turntable": None,
         "limits": (-1.0, 1.0, -1.0, 1.0)},
    ),
    "Look.dressed": lambda: (wv.Look().dressed, {"data": DATA}),
    "Look.notes": lambda: (wv.Look(theme={}).notes, {"data": DATA}),
    "Written": lambda: (
        wv.Written, {"path": Path("a.gif"), "frames": 2, "seconds": 1.0, "bytes": 9, "changes": ""}
    ),
    "animate": lambda: (
        wv.animate, {"model": MODEL, "x": DATA.x, "y": DATA.y, **SMALL, "hold_at": {0: 0.5},
                     "show": ("scale",), "hide": ("track",), "limits": (-1.0, 1.0, -1.0, 1.0),
                     "title": "Title", "font": None, "view": "auto", "motion": "polar",
                     "softmax": False, "caption": "name", "loop": 0, "theme": "dark",
                     "ease": "smooth", "whole_layers": False, "one_by_one": False,
                     "start_hold": 0.5, "end_hold": 0.5, "names": None, "layers": None,
                     "plane": None}
    ),
    "animate_training": lambda: (
        wv.animate_training,
        {"record": fitted(), "x": DATA.x, "y": DATA.y, "layer": 1, **SMALL},
    ),
    "classic": lambda: (
        wv.classic,
        {"model": "tanh", "data": DATA, "seed": 0, "epochs": 2, "rounds": 0, "fps": 20.0,
         "size": (240, 180), "loop": 0, "jobs": 1},
    ),
    "classic_chain": lambda: (
        wv.classic_chain, {"activation": "tanh", "seed": 0, "data": DATA, "epochs": 2}
    ),
    "compare": lambda: (
        wv.compare, {"chains": {"one": MODEL, "two": MODEL}, "x": DATA.x, "y": DATA.y, **SMALL}
    ),
    "embed": lambda: (
        lambda **given: wv.embed(**given),
        {"path": film().save("fold.html")[0].path, "host": "reveal", "autoplay": "0",
         "name": "left"},
    ),
    "widget": lambda: (
        wv.widget,
        {"film": film(), "step": 0.5, "playing": False, "speed": 2.0, "theme": "light",
         "view": {"yaw": 0.5}, "probes": ((0.5, -1.0),)},
    ),
}  # fmt: skip
