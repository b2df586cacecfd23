"""Columns that look at states as clouds of points: their likeness, dimension and topology."""

from functools import partial

from warpviz.measure.classes.dimension import two_nn
from warpviz.measure.classes.likeness import linear_cka
from warpviz.measure.classes.topology import needed
from warpviz.measure.columns.column import Column
from warpviz.measure.known import Stop


def _like_before(stop: Stop) -> float | None:
    return linear_cka(stop.network.states[stop.k - 1], stop.state) if stop.k else None


def _betti(stop: Stop, which: int) -> tuple[int, ...]:
    return stop.betti[which]


LIKENESS: tuple[Column[Stop], ...] = (
    Column(
        "cka_input",
        "likeness",
        "Linear centred kernel alignment with the input: 1 where the state is the input turned and "
        "scaled.",
        "0 … 1",
        "Kornblith, Norouzi, Lee & Hinton 2019, arXiv:1905.00414",
        float,
        lambda stop: linear_cka(stop.network.states[0], stop.state),
    ),
    Column(
        "cka_before",
        "likeness",
        "The same with the stop before; null at the input.",
        "0 … 1",
        "Kornblith, Norouzi, Lee & Hinton 2019, arXiv:1905.00414",
        float,
        _like_before,
    ),
    Column(
        "two_nn",
        "likeness",
        "Intrinsic dimension from the distances to the two nearest neighbours; equal points count "
        "once.",
        "dimensions",
        "Facco, d'Errico, Rodriguez & Laio 2017, doi:10.1038/s41598-017-11873-y",
        float,
        lambda stop: two_nn(stop.state),
    ),
)

TOPOLOGY: tuple[Column[Stop], ...] = tuple(
    Column(
        f"betti_{k}",
        "topology",
        f"Betti number β{sign} of every class: {what}, as steps between nearest neighbours show "
        "them.",
        "count",
        "Naitzat, Zhitnikov & Lim 2020, arXiv:2004.06093",
        tuple,
        partial(_betti, which=k),
        needed,
    )
    for k, sign, what in ((0, "₀", "the parts that it is in"), (1, "₁", "the holes in it"))
)
