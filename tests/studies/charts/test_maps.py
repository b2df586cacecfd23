from warpviz.data import load_data
from warpviz.model import mlp
from warpviz.own_theme import as_theme
from warpviz.studies.charts.maps import maps_drawn


def test_every_network_has_a_map_with_its_title() -> None:
    data = load_data("xor", n=30)
    networks = [(f"seed {k}", mlp([2, 2, 2], "relu", seed=k), data) for k in range(6)]
    figure = maps_drawn(networks, as_theme("dark"), "relu 2")
    shown = [axes for axes in figure.axes if axes.get_visible()]
    assert [axes.get_title() for axes in shown] == [name for name, _, _ in networks]
    # Without biases the lines of two units cross at the origin: at most four tiles of regions,
    # which the boundary cuts in parts.
    assert all(4 <= len(axes.collections[0].get_paths()) <= 8 for axes in shown)
