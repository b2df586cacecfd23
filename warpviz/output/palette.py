"""One palette for a whole film, from a few of its frames.

samples → colours by bin, weighted → boxes cut at their means → k-means → palette
"""

from collections.abc import Iterable, Sequence
from math import isqrt

import numpy as np

from warpviz import compiled
from warpviz.arrays import Ints, Longs, Pixels
from warpviz.errors import WarpvizError
from warpviz.output.lookup import BITS, MOST_COLORS, bins

ROUNDS = 2  # of k-means: 0.1 to 0.5 dB; all further ones together add about 0.1
SAMPLED = 90_000  # pixels looked at in each sample, about


def build_palette(
    samples: Iterable[Pixels],
    colors: int = MOST_COLORS,
    keep: Sequence[tuple[int, int, int]] = (),
) -> Pixels:
    """Choose the colours that show the samples best.

    Colours are pooled by bin (6 bits a channel) and weighted by the square root of their count,
    so that a few bright dots weigh something beside a large background. Boxes of colours are cut
    at their weighted mean, the one with the largest squared error first (after Wu 1991), then
    moved by k-means. All arithmetic is on whole numbers: the result depends on nothing else.

    Args:
        samples: (H, W, 3) uint8 each, about a dozen frames from all over the film.
        colors: the most that the palette may have, at most 255.
        keep: colours that must be in it exactly; they come first, in this order. (Two of one bin
            cannot be told apart by `to_indices`: the first is shown for both.)

    Returns:
        (P, 3) uint8, P ≤ colors, no two of one bin except in `keep`.

    Raises:
        WarpvizError: nothing to choose from, a sample of another shape or type, `colors` out of
            range, or more kept colours than that.

    >>> build_palette([np.full((4, 4, 3), 200, dtype=np.uint8)], keep=[(13, 17, 27)])
    array([[ 13,  17,  27],
           [200, 200, 200]], dtype=uint8)
    """
    kept = np.array(list(dict.fromkeys(keep)), dtype=np.int64).reshape(-1, 3)
    if not 1 <= colors <= MOST_COLORS or len(kept) > colors:
        raise WarpvizError(
            f"A palette has 1 to {MOST_COLORS} colours and room for those that are kept, "
            f"got colors={colors} with {len(kept)} kept."
        )
    if kept.size and not (kept.min() >= 0 and kept.max() <= 255):
        raise WarpvizError("Kept colours are (red, green, blue) from 0 to 255 each.")
    pool, weights = _pool(samples)
    if not len(pool) and not len(kept):
        raise WarpvizError("A palette needs at least one sample or one kept colour, got none.")
    known = np.isin(bins(pool.astype(np.uint8)), bins(kept.astype(np.uint8)))
    pool, weights = pool[~known], weights[~known]
    room = colors - len(kept)
    if len(pool) <= room or not room:
        return np.concatenate([kept, pool[:room]]).astype(np.uint8)
    centers = np.concatenate([kept, _cut(pool, weights, room)])
    for _ in range(ROUNDS):
        nearest = _nearest(pool, centers)
        centers[len(kept) :] = _means(pool, weights, nearest, centers)[len(kept) :]
    palette = centers.astype(np.uint8)
    _, first = np.unique(bins(palette), return_index=True)
    alone = np.zeros(len(palette), dtype=np.bool_)
    alone[first] = True
    alone[: len(kept)] = True
    return palette[alone]


def _pool(samples: Iterable[Pixels]) -> tuple[Ints, Ints]:
    """Mean colour (n, 3) and weight (n,) of every bin that occurs."""
    sums = np.zeros((1 << 3 * BITS, 4), dtype=np.int64)
    for sample in samples:
        if sample.ndim != 3 or sample.shape[2] != 3 or sample.dtype != np.uint8:
            raise WarpvizError(
                f"Samples have shape (H, W, 3) and type uint8, got {sample.shape} {sample.dtype}."
            )
        step = max(1, isqrt(sample.shape[0] * sample.shape[1] // SAMPLED))
        _count(sample[::step, ::step], sums)
    found = np.flatnonzero(sums[:, 0])
    count = sums[found, 0]
    mean = np.rint(sums[found, 1:] / count[:, None]).astype(np.int64)
    return mean, np.ceil(np.sqrt(count)).astype(np.int64)


def _count(pixels: Pixels, sums: Longs) -> None:
    """Add to (262144, 4), for each bin, how many pixels it has and the sums of their colours."""
    if compiled.KERNELS is not None:
        compiled.KERNELS.pool(pixels, sums)
        return
    some = np.ascontiguousarray(pixels).reshape(-1, 3)
    code = bins(some)
    sums[:, 0] += np.bincount(code, minlength=len(sums))
    for channel in range(3):
        weights = some[:, channel].astype(np.float64)  # whole: their sums are exact
        sums[:, 1 + channel] += np.bincount(code, weights, len(sums)).astype(np.int64)


def _cut(pool: Ints, weights: Ints, number: int) -> Ints:
    """Centres (number, 3) of that many boxes of colours."""
    boxes = [np.arange(len(pool))][:number]
    splits = [_best_split(pool[box], weights[box]) for box in boxes]
    while boxes and len(boxes) < number:
        worst = max(range(len(boxes)), key=lambda i: splits[i][0])
        box, (_, channel, threshold) = boxes[worst], splits[worst]
        low = pool[box, channel] <= threshold
        for position, part in ((worst, box[low]), (len(boxes), box[~low])):
            split = _best_split(pool[part], weights[part])
            boxes[position : position + 1] = [part]
            splits[position : position + 1] = [split]
    label = np.empty(len(pool), dtype=np.int64)
    for i, box in enumerate(boxes):
        label[box] = i
    return _means(pool, weights, label, np.zeros((number, 3), dtype=np.int64))


def _best_split(colors: Ints, weights: Ints) -> tuple[float, int, float]:
    """(squared error, channel, threshold) of the widest channel; a lone colour has error 0."""
    mass = weights.sum()
    mean = (weights @ colors) / mass
    error = weights @ (colors * colors) - mean * mean * mass
    channel = int(np.argmax(error))
    return float(error.sum()) if len(colors) > 1 else 0.0, channel, float(mean[channel])


def _nearest(pool: Ints, centers: Ints) -> Ints:
    """Number (n,) of the centre nearest to each colour, the first of equals."""
    target = centers.astype(np.float32)  # whole numbers below 2²⁴: every product and sum is exact
    distance = pool.astype(np.float32) @ (-2 * target.T) + (target * target).sum(axis=1)
    nearest: Ints = np.argmin(distance, axis=1)
    return nearest


def _means(pool: Ints, weights: Ints, label: Ints, otherwise: Ints) -> Ints:
    """Weighted mean colour of each label, rounded; where there is none, `otherwise`."""
    count = len(otherwise)
    mass = np.bincount(label, weights=weights, minlength=count)
    channels = [np.bincount(label, weights=weights * pool[:, c], minlength=count) for c in range(3)]
    mean = np.stack(channels, axis=1) / np.maximum(mass, 1)[:, None]
    return np.where(mass[:, None] > 0, np.rint(mean).astype(np.int64), otherwise)
