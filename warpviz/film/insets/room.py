"""The room that the drawing of a network takes beside a sheet, or above it."""

from collections.abc import Sequence
from dataclasses import replace

from warpviz.film.plan import Plan
from warpviz.languages.language import ENGLISH, Language
from warpviz.model.layers import Dense, Layer
from warpviz.model.residual import Residual
from warpviz.motion.framing import Box
from warpviz.picture.layout import PanelLayout
from warpviz.picture.scene import Panel

APART = {"wanted": 2.2, "least": 11.0}
"""Between columns: over the small letters' size, and in pixels at least."""
SHARE = {"least": 0.18, "most": 0.3, "strip": 0.24, "left": 0.7}
"""What the drawing takes of the panel's room: of its width beside the sheet, of its height above
it; and what must be left to the sheet of the room's smaller side."""
LOWEST = 44.0
"""Pixels that the drawing is high, at least."""
GAP = 0.8
"""Between drawing and sheet, over the letters' size."""


def columns_of(layers: Sequence[Layer]) -> int:
    """How many columns layers add."""
    count = 0
    for layer in layers:
        if isinstance(layer, Residual):
            count += max(columns_of(layer.chain.layers), 1)
        count += isinstance(layer, Dense)
    return count


def make_room(layouts: Sequence[PanelLayout], plans: Sequence[Plan]) -> tuple[PanelLayout, ...]:
    """Layouts with a box for the network, beside or above the sheet, where there is room for it."""
    columns = 1 + max(columns_of(plan.play.chain.layers) for plan in plans)
    return tuple(_parted(layout, columns) for layout in layouts)


def network_notes(panels: Sequence[Panel], asked: bool, say: Language = ENGLISH) -> list[str]:
    """What is to be said of panels that have no room for their network."""
    if not asked or all(panel.network for panel in panels):
        return []
    if len(panels) > 1:
        return [
            say(
                "The networks are not drawn beside the sheet for want of room; a larger size shows "
                "it."
            )
        ]
    return [
        say("The network is not drawn beside the sheet for want of room; a larger size shows it.")
    ]


def _parted(layout: PanelLayout, columns: int) -> PanelLayout:
    safe, gap = layout.safe, GAP * layout.small
    least = APART["least"] * columns
    wanted = max(APART["wanted"] * layout.small * columns, SHARE["least"] * safe.width)
    wide = max(min(wanted, SHARE["most"] * safe.width), least)
    high = max(SHARE["strip"] * safe.height, LOWEST)
    across = min(safe.width, max(2 * wanted, least))
    middle = safe.centre[0]
    ways = [
        (replace(safe, x1=safe.x1 - wide - gap), replace(safe, x0=safe.x1 - wide)),
        (
            replace(safe, y0=safe.y0 + high + gap),
            Box(middle - across / 2, safe.y0, middle + across / 2, safe.y0 + high),
        ),
    ]
    cloth, box = max(ways, key=lambda way: min(way[0].width, way[0].height))
    left = min(cloth.width, cloth.height) / min(safe.width, safe.height)
    if left < SHARE["left"] or box.width < least or box.height < LOWEST:
        return layout
    return replace(layout, safe=cloth, network=box)
