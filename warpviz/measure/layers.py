"""What each layer has done, in numbers: the measures of every state of a chain."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.convert import to_chain
from warpviz.convert.pairing import fitting
from warpviz.data.dataset import Dataset
from warpviz.geometry.sheet import Limits
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.measure.state import Measures, measure
from warpviz.model.chain import Chain


@kinds_checked
def layer_measures(
    chain: Chain | Any, data: Dataset, limits: Limits | None = None
) -> tuple[Measures, ...]:
    """Measures of the input, then after every step of the split chain, up to the logits.

    Exact where the chain is piecewise linear; elsewhere slopes and overlap are sampled on
    96 × 96 squares of the sheet, and there is no number of regions.

    Args:
        chain: a model that `to_chain` takes, of the data's features; a softmax at its end is left
            out.
        data: of any number of features; of one, nothing is said of a sheet.
        limits: x0, x1, y0, y1 of the sheet; None leaves a margin around the data.

    Returns:
        K measures for the K states of `chain.logits().split()`. Overlap is None where a state is
        wider than a plane: how often it covers itself then depends on where it is seen from.

    Raises:
        WarpvizError: the chain does not take the data, or a state overflows.

    >>> from warpviz.data import load_data
    >>> from warpviz.model import mlp
    >>> found = layer_measures(mlp([2, 3, 2], "relu", seed=0), load_data("xor", n=40))
    >>> len(found), found[0].regions, found[0].area_factor, found[0].overlap
    (4, 1, 1.0, 1.0)
    """
    played = fitting(to_chain(chain), data).logits().split()
    if data.x.shape[1] == 1 and limits is None:  # a line has no sheet
        return tuple(measure(one, data.y, targets=data.targets) for one in played.states(data.x))
    sheet = MeasuredSheet.of(played, data, limits)
    # Of the vertices only what lies in a plane is looked at: wide states of all take much memory.
    images = [
        played[:k](sheet.vertices) if width <= 2 else None for k, width in enumerate(played.widths)
    ]
    return _measured(played, data, sheet, played.states(data.x), images)


def _measured(
    chain: Chain,
    data: Dataset,
    sheet: MeasuredSheet,
    states: Sequence[Floats],
    images: Sequence[Floats | None],
) -> tuple[Measures, ...]:
    return tuple(
        replace(
            measure(
                state,
                data.y,
                targets=data.targets,
                jacobians=slope,
                areas=sheet.areas,
                regions=regions,
                overlap=None if image is None else sheet.overlap(image, slope),
            ),
            affine_pieces=None if regions is None else sheet.pieces(slope),
        )
        for state, slope, image, regions in zip(
            states, sheet.slopes(chain), images, sheet.regions, strict=True
        )
    )
