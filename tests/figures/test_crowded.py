"""What is left out of a picture is told with the layer, its activation and how many."""

from warpviz.figures.crowded import left_out_notes
from warpviz.geometry.sheet import BOUNDARY, LeftOut
from warpviz.model import mlp


def test_layers_are_counted_as_films_count_them() -> None:
    split = mlp([2, 3, 3, 2], "sin", seed=0).split()
    (told,) = left_out_notes(split, [LeftOut(3, 1328, 500)])
    assert told == (
        "layer 2 (sin) bends the sheet along at least 1,328 lines, more than a picture can show; "
        "500 of them are drawn."
    )
    (told,) = left_out_notes(split, [LeftOut(BOUNDARY, 30_000, 0)])
    assert "the boundary is not drawn" in told
    assert not list(left_out_notes(split, []))
