"""Which films make which slides and videos; their pictures read back by ffmpeg."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.film.slides.conftest import film_of
from tests.film.slides.shapes import poster_of
from tests.output.decoders import decoded, probe
from tests.output.moving import psnr
from warpviz.film.reel.animation import Animation
from warpviz.film.slides.acts import REST


def video_of(slide: Any, folder: Path) -> Path:
    """The video of a slide, by both of the ways in which the slide refers to it."""
    linked = slide._element.xpath(".//a:videoFile/@r:link")
    embedded = slide._element.xpath(".//*[local-name()='media']/@r:embed")
    parts = {slide.part.related_part(name).partname for name in linked + embedded}
    assert len(linked) == len(embedded) == len(parts) == 1
    path = folder / "act.mp4"
    path.write_bytes(slide.part.related_part(linked[0]).blob)
    return path


@pytest.mark.slow
def test_nothing_jumps_from_slide_to_slide(film: Animation, deck: Any, tmp_path: Path) -> None:
    slides = list(deck.slides)
    acts = film.timeline.acts
    np.testing.assert_array_equal(poster_of(slides[-1]), film.frame(acts - 1, 1.0).pixels)
    for k, slide in enumerate(slides[:-1]):
        np.testing.assert_array_equal(poster_of(slide), film.frame(k, 0.0).pixels)
        path = video_of(slide, tmp_path)
        told, pictures = probe(path), decoded(path)
        (stream,) = told["streams"]
        assert (stream["codec_name"], stream["pix_fmt"]) == ("h264", "yuv420p")
        assert told["format"]["nb_streams"] == 1 and not told["chapters"]
        # Half a second of ten frames a second, the first picture with it, and the rest at the end.
        count = 1 + film.timeline.steps(k) - 1 + round(REST * film.fps)
        assert len(pictures) == int(stream["nb_read_frames"]) == count
        assert psnr(pictures[0], poster_of(slide)) > 32
        assert psnr(pictures[-1], poster_of(slides[k + 1])) > 32
        milliseconds = float(slide._element.xpath(".//p:cmd[@cmd='playFrom(0.0)']//@dur")[0])
        assert milliseconds == pytest.approx(1000 * count / film.fps)


@pytest.mark.slow
def test_a_film_that_does_not_rest_is_one_slide(tmp_path: Path) -> None:
    from warpviz.curves.film import animate_activations

    film = animate_activations("relu", fps=4.0, seconds=1.0)
    (written,) = film.save(tmp_path / "x.pptx")
    pptx: Any = pytest.importorskip("pptx")
    (slide,) = pptx.Presentation(str(written.path)).slides
    assert slide.shapes.title.text == film.title
    assert film.description in slide.notes_slide.notes_text_frame.text
    np.testing.assert_array_equal(poster_of(slide), film.frame(0, 0.0).pixels)
    frames = decoded(video_of(slide, tmp_path))
    assert psnr(frames[-1], film.frame(film.timeline.acts - 1, 1.0).pixels) > 30
    assert len(frames) == written.frames


def test_a_stop_on_a_turntable_is_one_slide_that_turns(tmp_path: Path) -> None:
    pptx: Any = pytest.importorskip("pptx")
    film = film_of(turntable=1, hold=None)
    film.save(tmp_path / "x.pptx")
    (slide,) = pptx.Presentation(str(tmp_path / "x.pptx")).slides
    assert slide.shapes.title.text.lower() == film.scene.stops[0]
    assert "▶" not in slide.notes_slide.notes_text_frame.text
    assert len(decoded(video_of(slide, tmp_path))) >= len(film)


def test_a_film_of_states_and_one_of_a_single_state(tmp_path: Path) -> None:
    pptx: Any = pytest.importorskip("pptx")
    x = np.random.default_rng(0).normal(size=(20, 2))
    look: dict[str, Any] = {"size": (240, 180), "fps": 4.0, "seconds": 0.5, "jobs": 1}
    for states, names in (([x, x * 2], ["a", "b"]), ([x], ["a"])):
        wv.animate(states, x[:, 0] > 0, names=names, **look).save(tmp_path / "x.pptx")
        deck = pptx.Presentation(str(tmp_path / "x.pptx"))
        assert [slide.shapes.title.text.lower() for slide in deck.slides] == names


def test_the_last_slide_of_a_clip_announces_no_act(film: Animation, tmp_path: Path) -> None:
    pptx: Any = pytest.importorskip("pptx")
    film.clip(1, 1).save(tmp_path / "x.pptx")
    first, last = pptx.Presentation(str(tmp_path / "x.pptx")).slides
    notes = [slide.notes_slide.notes_text_frame.text for slide in (first, last)]
    assert "▶" in notes[0] and "▶" not in notes[1]
    titles = [slide.shapes.title.text.lower() for slide in (first, last)]
    assert len(set(titles)) == 2 and set(titles) < {*film.scene.stops}
    np.testing.assert_array_equal(poster_of(first), film.clip(1, 1).frame(0, 0.0).pixels)
