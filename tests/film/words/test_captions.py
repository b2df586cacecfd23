"""What stands on a panel, and for how long: an act's sentence stays, a remark says what is seen."""

import numpy as np
import pytest

from tests.geometry.nets import dense, net
from tests.scenes import panel_of
from warpviz.data import Dataset, load_data
from warpviz.film.build import animate, compare
from warpviz.film.reel.animation import Animation
from warpviz.model import Chain
from warpviz.picture.scene import Scene
from warpviz.picture.words.text import text_width

XOR = load_data("xor", n=80)
WIDE = Dataset(
    np.random.default_rng(0).normal(size=(900, 16)) * np.arange(16, 0, -1), np.arange(900) % 2
)


@pytest.mark.parametrize("caption", ["why", "formula"])
def test_what_an_act_did_stays_at_the_stop_after_it(caption: str) -> None:
    panel = panel_of(animate(net((2, 3, 2)), XOR, caption=caption))
    assert panel.stops[0] == "input (x₁, x₂)"
    for k, act in enumerate(panel.acts):
        assert panel.caption(k, 0.5) == act
        assert act in panel.caption(k, 1.0)
        assert panel.caption(k, 1.0) == panel.caption(
            min(k + 1, len(panel.acts) - 1), float(k + 1 == len(panel.acts))
        )
    assert (len(panel.remarks) == len(panel.stops)) == (caption == "why")
    if caption == "why":
        # While the sheet moves on, what was true of the last stop is still to be read.
        assert panel.remark(1, 0.5) == panel.remark(1, 0.0) == panel.remark(0, 1.0)


@pytest.mark.slow
def test_holds_grow_with_the_words() -> None:
    why = animate(net((2, 3, 2)), XOR, caption="why")
    panel = panel_of(why)
    for stop, (caption, remark) in enumerate(zip(panel.stops, panel.remarks, strict=True)):
        words = [word for word in f"{caption} {remark}".split() if any(map(str.isalnum, word))]
        assert why.timeline.holds[stop] == pytest.approx(0.5 + 0.3 * max(len(words) - 4, 0))
    assert min(why.timeline.holds) > 2
    assert set(animate(net((2, 3, 2)), XOR, caption="why", hold=0.2).timeline.holds) == {0.2}
    assert set(animate(net((2, 3, 2)), XOR).timeline.holds) == {0.5}
    hidden = animate(net((2, 3, 2)), XOR, caption="why", hide=("caption",))
    assert set(hidden.timeline.holds) == {0.5}
    ends = animate(net((2, 3, 2)), XOR, caption="why", end_hold=9.0, hold_at={1: 0.1})
    assert ends.timeline.holds[-1] == 9.0 and ends.timeline.holds[1] == 0.1
    deep = compare({"a": net((2, 3, 2)), "b": net((2, 3, 3, 2))}, XOR, caption="why")
    assert len(deep.timeline.holds) == 6 and min(deep.timeline.holds) > 1


def test_what_is_seen_is_a_share_of_all_the_data() -> None:
    film = animate(net((16, 3, 2)), WIDE, size=(240, 180))
    panel = panel_of(film)
    assert len(panel.labels) < len(WIDE)
    power = np.sort(np.linalg.eigvalsh(np.cov(WIDE.x.T)))[::-1]
    share = int(100 * power[:3].sum() / power.sum())
    assert panel.stops[0] == f"input ({share} % seen)"
    assert film.notes[0].startswith(f"{len(panel.labels)} of 900 points are drawn")


@pytest.mark.slow
def test_all_is_not_seen_where_a_thousandth_is_missing() -> None:
    x = WIDE.x.copy()
    x[:, 3:] *= 1e-3
    stops = panel_of(animate(net((16, 3, 2)), Dataset(x, WIDE.y))).stops
    assert stops[0] == "input (99 % seen)"
    assert "seen" not in panel_of(animate(net((2, 3, 2)), XOR)).stops[1]


@pytest.mark.slow
def test_two_of_many_coordinates_are_said_to_be_two() -> None:
    film = animate(net((16, 16, 2)), WIDE, view="2d")
    for k, width in ((0, 16), (1, 16), (2, 16)):
        state = [WIDE.x, *panel_states(film)][k]
        power = state.var(axis=0)
        share = int(100 * power[:2].sum() / power.sum())
        assert panel_of(film).stops[k].endswith(f" (2 of {width} axes, {share} % seen)")
    flat = Chain([dense(np.eye(3, 2), np.zeros(3)), dense(np.eye(2, 3), np.zeros(2))])
    assert panel_of(animate(flat, XOR, view="2d")).stops[1].endswith(" (2 of 3 axes seen)")


def panel_states(film: Animation) -> list[np.ndarray]:
    """The data's states by plain matrix products."""
    origin = panel_of(film).origin
    assert origin is not None
    states, x = [], WIDE.x
    for layer in origin.layers:
        if layer.weight is not None and layer.bias is not None:
            x = x @ layer.weight.T + layer.bias
        else:
            x = np.maximum(x, 0)
        states.append(x)
    return states


@pytest.mark.slow
@pytest.mark.parametrize("size", [(240, 180), (640, 480), (1080, 440)])
@pytest.mark.parametrize("caption", ["why", "name", "formula"])
def test_words_have_room(size: tuple[int, int], caption: str) -> None:
    film = animate(net((16, 16, 2), "gelu"), WIDE, size=size, caption=caption, show=("measures",))
    panel = panel_of(film)
    assert isinstance(film.scene, Scene)
    layout = panel.layout
    texts = (*panel.stops, *panel.remarks) + (panel.acts if caption != "formula" else ())
    if size != (240, 180):
        for text in texts:
            assert text_width(text, film.scene.font, layout.caption_em) <= layout.caption_width, (
                text
            )
    if caption == "why":
        assert layout.remark is not None and layout.notes is not None
        assert layout.remark[1] >= layout.caption[1] + 1.17 * layout.caption_em - 1
        assert layout.notes[1] >= layout.remark[1] + 1.1 * layout.caption_em - 1
        assert layout.safe.y0 >= layout.notes[1] + layout.small
