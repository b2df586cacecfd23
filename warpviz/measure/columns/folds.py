"""Columns of folds: creases, the boundary, sides and layers of the sheet, straight lines on it."""

from warpviz.measure.columns.column import Column
from warpviz.measure.known import Stop
from warpviz.measure.plane.lengths import length_factor
from warpviz.measure.plane.ranks import folded_share

FOLDS: tuple[Column[Stop], ...] = (
    Column(
        "crease_length",
        "folds",
        "Length, on the sheet, of all creases made so far: where a layer bends it sharply, folds "
        "or tears it. Sampled on 96 × 96 squares where an activation is curved.",
        "unit of the input",
        "",
        float,
        lambda stop: stop.here(stop.network.crease_lengths),
    ),
    Column(
        "boundary_length",
        "folds",
        "Length of the image, at this stop, of the network's decision boundary on the sheet; at "
        "the input, of the boundary itself.",
        "unit of the state",
        "",
        float,
        lambda stop: stop.here(stop.network.boundary_lengths),
    ),
    Column(
        "folded",
        "folds",
        "Share of the sheet that lies with its other side up than most of it, where det J has the "
        "other sign; null where the state is no plane.",
        "share 0 … ½",
        "",
        float,
        lambda stop: None if stop.pieces is None else folded_share(*stop.pieces),
    ),
    Column(
        "overlap",
        "folds",
        "Mean number of layers of the sheet over what it covers; null where the state is wider "
        "than a plane, and where the squares of a curved network are too coarse to tell.",
        "layers",
        "",
        float,
        lambda stop: stop.overlap,
    ),
    Column(
        "length_factor",
        "folds",
        "Mean length of the images of straight lines across the sheet, as a part of theirs: the "
        "mean of ‖J u‖ over the sheet and all directions u.",
        "",
        "Hanin, Jeong & Rolnick 2021, arXiv:2102.10492",
        float,
        lambda stop: None if stop.pieces is None else length_factor(*stop.pieces),
    ),
    Column(
        "turning",
        "folds",
        "Mean total angle by which the image of a straight line across the sheet turns, over lines "
        "in every direction; a line folded back on itself has turned by π.",
        "radian",
        "Poole, Lahiri, Raghu, Sohl-Dickstein & Ganguli 2016, arXiv:1606.05340",
        float,
        lambda stop: stop.here(stop.network.turnings),
    ),
    Column(
        "local_complexity",
        "folds",
        "Density of the borders of linear regions near the points: mean length of creases within r "
        "of a point over π r², r = 4 % of the sheet's shorter side; null where an activation is "
        "curved or the input no plane.",
        "1 / unit of the input",
        "after Patel & Montúfar 2024, arXiv:2412.18283",
        float,
        lambda stop: stop.here(stop.network.local_complexities),
    ),
)
