"""Core columns: how far apart the classes are, and what is left of the sheet."""

from functools import partial

from warpviz.measure.classes.scatter import fuzziness
from warpviz.measure.columns.column import Column
from warpviz.measure.known import Stop
from warpviz.measure.state import fisher_ratio


def _rank(stop: Stop, rank: int) -> float | None:
    shares = stop.here(stop.network.ranks)
    return None if shares is None else shares[rank]


CORE: tuple[Column[Stop], ...] = (
    Column(
        "probe_accuracy",
        "core",
        "Share of the points that a linear probe, fitted to them, tells right; 1 where they are "
        "proved separable.",
        "share 0 … 1",
        "",
        float,
        # A fit that stops short of the last point is no news where there is a proof.
        lambda stop: 1.0 if stop.separable else stop.probe.accuracy,
    ),
    Column(
        "separable",
        "core",
        "Whether one affine layer can put every point in its class, strictly: decided with a "
        "certificate.",
        "",
        "Gordan 1873",
        bool,
        lambda stop: stop.separable,
    ),
    Column(
        "fisher",
        "core",
        "Fisher's ratio tr(S_W⁺ S_B) of the scatter between the classes to that within them.",
        "",
        "Fisher 1936",
        float,
        lambda stop: fisher_ratio(stop.state, stop.labels),
    ),
    Column(
        "fuzziness",
        "core",
        "Separation fuzziness D = tr(SS_w SS_b⁺) of the scatter within the classes to that between "
        "them: 0 where every class is one point.",
        "",
        "He & Su 2022, arXiv:2210.17020",
        float,
        lambda stop: fuzziness(stop.state, stop.labels),
    ),
    Column(
        "log_area",
        "core",
        "Median of ½ log det(JᵀJ) over the sheet that has not collapsed, J = ∂state/∂(x, y): 0 "
        "keeps areas.",
        "natural log",
        "",
        float,
        lambda stop: None if stop.area is None else stop.area[0],
    ),
    Column(
        "collapsed",
        "core",
        "Share of the sheet's area that has collapsed to lines or points: its least stretch is "
        "below 1e-9 of the sheet's largest.",
        "share 0 … 1",
        "",
        float,
        lambda stop: None if stop.area is None else stop.area[1],
    ),
    *(
        Column(
            f"rank_{rank}",
            "core",
            f"Share of the points where the Jacobian along the sheet has rank {rank}: {what}.",
            "share 0 … 1",
            "",
            float,
            partial(_rank, rank=rank),
        )
        for rank, what in enumerate(
            (
                "no move changes the state",
                "moves in one direction do not",
                "every move does",
            )
        )
    ),
    Column(
        "regions",
        "core",
        "Number of linear regions so far: activation patterns of positive area on the sheet; null "
        "where an activation is curved.",
        "count",
        "Montúfar, Pascanu, Cho & Bengio 2014, arXiv:1402.1869",
        int,
        lambda stop: stop.regions,
    ),
    Column(
        "regions_ratio",
        "core",
        "Regions over 1 + N + N (N − 1) / 2, what N lines in general position make; N counts the "
        "bends of all units so far. Several layers can make more.",
        "",
        "Zaslavsky 1975",
        float,
        lambda stop: stop.regions_ratio,
    ),
)
