"""Who draws: workers by stand-ins for their process, and what one does with its streams."""

import pickle
import sys
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from warpviz.film.reel import workers
from warpviz.film.reel.workers import Hand, Worker, WorkerEnded, dismiss, hired, picture_of, work
from warpviz.motion.timeline import Moment
from warpviz.output.lookup import lookup_table, to_indices

COLOURS = np.array([[0, 0, 0], [255, 0, 0], [0, 0, 255]], dtype=np.uint8)
TABLE = lookup_table(COLOURS)
KINDS = [(False, None), (True, None), (False, TABLE), (True, TABLE)]


class Painter:
    """Of pictures 2 high and 3 wide, as red as the time is late."""

    def __init__(self, transparent: bool) -> None:
        self.scene = SimpleNamespace(theme=SimpleNamespace(transparent=transparent))

    def canvas(self, k: int, t: float) -> Any:
        found = np.zeros((3, 2, 3), dtype=np.float32)
        found[0, :, k:] = 255 * t
        return found

    def paint(self, k: int, t: float) -> Any:
        found = np.rint(np.moveaxis(self.canvas(k, t), 0, -1)).astype(np.uint8)
        clear = np.full((2, 3, 1), 128, dtype=np.uint8)
        return np.concatenate([found, clear], axis=2) if self.scene.theme.transparent else found


@pytest.mark.parametrize(("transparent", "table"), KINDS)
def test_a_picture_is_pixels_or_indices(transparent: bool, table: Any) -> None:
    painter: Any = Painter(transparent)
    found = picture_of(painter, Moment(1, 1.0, 0.1), table)
    pixels = painter.paint(1, 1.0)
    want = pixels if table is None else to_indices(pixels[..., :3], table)
    np.testing.assert_array_equal(found, want)
    hand = Hand(painter)
    hand.prepare(table)
    np.testing.assert_array_equal(hand.draw(Moment(1, 1.0, 0.1)), want)
    broken: Any = None
    with pytest.raises(WorkerEnded):
        Hand(broken).draw(Moment(0, 0.0, 0.1))


@pytest.mark.parametrize(("transparent", "table"), KINDS)
def test_who_works_answers_every_moment(
    transparent: bool, table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "painter_of", lambda transparent: Painter(transparent))
    asked = [(0, 0.0), (1, 1.0), (2, 0.5)]
    source, target = BytesIO(), BytesIO()
    for each in (transparent, table, *asked):
        pickle.dump(each, source)
    source.seek(0)
    work(source, target)
    painter: Any = Painter(transparent)
    want = b"".join(picture_of(painter, moment, table).tobytes() for moment in asked)
    assert target.getvalue() == want


def worker(answers: bytes, table: Any, transparent: bool = False) -> tuple[Worker, BytesIO]:
    """One whose process has answered already."""
    found, asked = object.__new__(Worker), BytesIO()
    found.size, found.channels = (3, 2), 4 if transparent else 3
    kept: Any = SimpleNamespace(stdin=asked, stdout=BytesIO(answers))
    found.process = kept
    done: Any = SimpleNamespace(join=lambda: None)
    found._briefing = done
    found.prepare(table)
    return found, asked


@pytest.mark.parametrize(("transparent", "table"), KINDS)
def test_answers_are_pictures_of_the_size_that_was_asked_for(transparent: bool, table: Any) -> None:
    shape = (2, 3) if table is not None else (2, 3, 4 if transparent else 3)
    pixels = np.arange(2 * np.prod(shape), dtype=np.uint8).reshape(2, *shape)
    one, asked = worker(pixels.tobytes(), table, transparent)
    for k, want in enumerate(pixels):
        np.testing.assert_array_equal(one.draw(Moment(k, 0.5, 0.1)), want)
    with pytest.raises(WorkerEnded):
        one.draw(Moment(2, 0.5, 0.1))
    asked.seek(0)
    sent = pickle.load(asked)
    assert sent is table or np.array_equal(sent, table)
    assert [pickle.load(asked) for _ in range(3)] == [(0, 0.5), (1, 0.5), (2, 0.5)]
    short, pipe = worker(pixels.tobytes()[: int(np.prod(shape)) - 1], table, transparent)
    with pytest.raises(WorkerEnded):
        short.draw(Moment(0, 0.5, 0.1))
    pipe.close()
    with pytest.raises(WorkerEnded):
        short.draw(Moment(0, 0.5, 0.1))


@pytest.mark.parametrize(
    ("frames", "jobs", "count"),
    [(47, 8, 0), (48, 8, 1), (72, 8, 2), (1000, 3, 2), (1000, 1, 0), (0, 4, 0)],
)
def test_a_process_is_worth_twenty_four_frames(
    frames: int, jobs: int, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[Any] = []

    class Starts:
        def __init__(self, scene: Any) -> None:
            self.scene = scene

        def end(self) -> None:
            ended.append(self)

    monkeypatch.setattr(workers, "THREADS", False)
    monkeypatch.setattr(workers, "Worker", Starts)
    scene: Any = "scene"
    found = hired(scene, frames, jobs)
    assert len(found) == count
    dismiss(found)
    assert ended == found
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert hired(scene, frames, jobs) == []
    monkeypatch.setattr(sys, "frozen", False, raising=False)
    monkeypatch.setattr(workers, "THREADS", True)
    assert hired(scene, frames, jobs) == []


def test_workers_that_were_hired_for_somebody_end_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended: list[int] = []

    class Starts:
        def __init__(self, scene: list[int]) -> None:
            scene.append(1)
            if len(scene) > 2:
                raise KeyboardInterrupt

        def end(self) -> None:
            ended.append(1)

    class Owner:
        """Of workers."""

    monkeypatch.setattr(workers, "THREADS", False)
    monkeypatch.setattr(workers, "Worker", Starts)
    scene: Any = []
    owner = Owner()
    assert len(hired(scene, 72, 3, owner)) == 2 and not ended
    del owner
    assert len(ended) == 2
    # Who is stopped while some have started leaves none.
    again: Any = [1]
    with pytest.raises(KeyboardInterrupt):
        hired(again, 96, 4)
    assert len(ended) == 3
