from pathlib import Path

import pytest

from tests.cli.conftest import Run

FILM = "--seconds 0.2 --hold 0.1 --fps 5 --size 240x180"


@pytest.mark.slow
def test_the_player_and_its_snippet(run: Run, model_file: Path) -> None:
    ran = run(f"render --model {model_file} {FILM} -o fold.html")
    assert (ran.code, ran.out) == (0, "fold.html\n")
    plain = run("embed fold.html")
    assert plain.code == 0 and plain.out.startswith('<iframe src="fold.html"')
    deck = run("embed fold.html --for reveal")
    assert deck.out.startswith("<section>") and 'class="fragment"' in deck.out
    assert "data-warpviz-play" not in deck.out.split("</section>")[0]
    waiting = run("embed fold.html --for reveal --play no")
    assert 'data-warpviz-play="no"' in waiting.out
    assert 'src="fold.html#autoplay=0"' in run("embed fold.html --play no").out
    assert run("embed fold.html --play no").out == run("embed fold.html --autoplay 0").out
    assert run("embed fold.html --autoplay seen").out == plain.out
    assert "#autoplay=always" in run("embed fold.html --autoplay always").out
    run(f"render --model {model_file} {FILM} --autoplay 0 -o waits.html -o waits.gif")
    assert 'data-autoplay="0"' in Path("waits.html").read_text("utf-8")


def test_misuse_is_one_sentence(run: Run) -> None:
    Path("x.html").write_text("<p>")
    for command, says in (
        ("embed", "PLAYER is missing"),
        ("embed x.html", "x.html is no player; write one with: warpviz render -o x.html."),
        ("embed none.html", "Cannot read none.html"),
        (
            "embed x.html --for latex",
            "latex shows a folder that --frames wrote, and x.html is no folder; "
            "write one with: warpviz render --frames x.",
        ),
        ("embed x.html --for revael", "did you mean 'reveal'"),
        ("embed x.html --play never", "Unknown way to play 'never'"),
        ("embed x.html --autoplay no", "Unknown autoplay 'no'; choose one of 0, always, seen."),
        ("embed x.html --autoplay 0 --play no", "--play is an older word for --autoplay"),
        (
            "render --autoplay 0 -o a.gif",
            "--autoplay is of the player; name an .html file with -o.",
        ),
        ("render --autoplay yes -o a.html", "Unknown autoplay 'yes'"),
    ):
        ran = run(command)
        assert ran.code == 2 and says in ran.err and ran.err.count("\n") == 1, ran.err
