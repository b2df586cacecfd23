"""What a film shows, as types know it."""

from warpviz.film.reel.animation import Animation
from warpviz.picture.figure import FigureScene
from warpviz.picture.scene import Panel, Scene


def scene_of(animation: Animation) -> Scene:
    """What a film of cloth shows, where it is no classic one."""
    assert isinstance(animation.scene, Scene)
    return animation.scene


def panel_of(animation: Animation, index: int = 0) -> Panel:
    """One of its panels."""
    return scene_of(animation).panels[index]


def figure_of(animation: Animation) -> FigureScene:
    """What a film of charts shows."""
    assert isinstance(animation.scene, FigureScene)
    return animation.scene
