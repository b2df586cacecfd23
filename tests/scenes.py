"""The scene and the panels of a film of cloth, as types know them."""

from warpviz.film.reel.animation import Animation
from warpviz.picture.scene import Panel, Scene


def scene_of(animation: Animation) -> Scene:
    """What a film shows, where it is no classic one."""
    assert isinstance(animation.scene, Scene)
    return animation.scene


def panel_of(animation: Animation, index: int = 0) -> Panel:
    """One of its panels."""
    return scene_of(animation).panels[index]
