"""Columns of neural collapse, NC1 to NC4."""

from warpviz.measure.classes.scatter import collapse
from warpviz.measure.columns.column import Column
from warpviz.measure.known import Stop

_SOURCE = "Papyan, Han & Donoho 2020, arXiv:2008.08186"

COLLAPSE: tuple[Column[Stop], ...] = (
    Column(
        "nc1",
        "collapse",
        "Variability collapse tr(Σ_W Σ_B⁺) / C, every class counted the same: 0 where every class "
        "is one point.",
        "",
        _SOURCE,
        float,
        lambda stop: collapse(stop.state, stop.labels),
    ),
    Column(
        "nc2_lengths",
        "collapse",
        "Std / mean over classes of ‖μ_c − μ_G‖: 0 where the class means are equally far from "
        "their middle.",
        "",
        _SOURCE,
        float,
        lambda stop: None if stop.simplex is None else stop.simplex.lengths,
    ),
    Column(
        "nc2_angles",
        "collapse",
        "Std over pairs of classes of cos(μ_c − μ_G, μ_c' − μ_G): 0 where the class means are "
        "equally far apart as seen from their middle.",
        "",
        _SOURCE,
        float,
        lambda stop: None if stop.simplex is None else stop.simplex.angles,
    ),
    Column(
        "nc2_widest",
        "collapse",
        "Mean over pairs of classes of how far cos(μ_c − μ_G, μ_c' − μ_G) is from −1 / (C − 1): 0 "
        "at the widest angles that C equal ones can have.",
        "",
        _SOURCE,
        float,
        lambda stop: None if stop.simplex is None else stop.simplex.widest,
    ),
    Column(
        "nc3",
        "collapse",
        "Self-duality ‖W / ‖W‖ − M / ‖M‖‖² of the last layer's weights and the class means less "
        "their middle; null at all stops but the one that the last layer acts on.",
        "0 … 4",
        _SOURCE,
        float,
        lambda stop: stop.nc3,
    ),
    Column(
        "nc4",
        "collapse",
        "Share of the points whose nearest class mean is not the class that the network says.",
        "share 0 … 1",
        _SOURCE + "; at inner stops Parker et al. 2023, arXiv:2308.02760",
        float,
        lambda stop: stop.nc4,
    ),
)
