"""Players driven by their address and by messages."""

from pathlib import Path
from typing import Any

import pytest

from tests.player.opened import Opened
from warpviz.film.reel.animation import Animation
from warpviz.player.hosts.embed import embed


@pytest.mark.slow
def test_the_address_drives_it(page: Any, film: Animation, tmp_path: Path) -> None:
    opened = Opened(page, film, tmp_path, "step=2&autoplay=0&theme=light&controls=0&speed=0.5")
    assert (opened.step, opened.playing) == (2, False)
    assert opened.get("[player.theme, player.speed]") == ["light", 0.5]
    assert page.is_hidden("#bar")
    page.evaluate("() => { location.hash = 'step=1.5&autoplay=0'; }")
    page.wait_for_function("() => Math.abs(player.step() - 1.5) < 1e-6")


@pytest.mark.slow
def test_the_theme_follows_the_system(page: Any, film: Animation, tmp_path: Path) -> None:
    page.emulate_media(color_scheme="light")
    opened = Opened(page, film, tmp_path, "autoplay=0&theme=auto")
    assert opened.get("player.theme") == "light"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => player.theme === 'dark'")
    page.keyboard.press("t")  # Whoever chooses has chosen.
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    opened.settle()
    assert opened.get("player.theme") == "light"
    page.evaluate("() => postMessage({ warpviz: { theme: 'auto' } }, '*')")
    page.wait_for_function("() => player.theme === 'dark'")


_AROUND = """<!doctype html><meta charset="utf-8"><title>around</title>
<iframe src="fold.html#autoplay=0" style="width:500px;height:420px"></iframe>
<script>
window.told = [];
addEventListener("message", ({ data }) => data.warpviz && told.push(data.warpviz));
const inner = () => document.querySelector("iframe").contentWindow;
const tell = (words) => inner().postMessage({ warpviz: words }, "*");
</script>"""


@pytest.mark.slow
def test_messages_drive_it_and_it_answers(page: Any, film: Animation, tmp_path: Path) -> None:
    film.save(tmp_path / "fold.html")
    (tmp_path / "around.html").write_text(_AROUND)
    page.goto((tmp_path / "around.html").as_uri())
    page.wait_for_function("() => told.length > 0")
    assert page.evaluate("() => told[0]") == {
        "name": "",
        "step": 0,
        "stops": 4,
        "playing": False,
        "ended": False,
    }
    page.evaluate("() => tell({ step: 3, theme: 'light' })")
    page.wait_for_function("() => told.at(-1).step === 3 && !told.at(-1).playing")
    page.evaluate("() => tell({ step: 0, play: true, loop: false })")
    page.wait_for_function("() => told.some(({ playing }) => playing)")
    page.evaluate("() => tell({ pause: true })")
    page.wait_for_function("() => !told.at(-1).playing")
    page.evaluate("() => tell({ step: 0, loop: false, playTo: 2 })")
    page.wait_for_function("() => told.at(-1).step === 2 && !told.at(-1).playing")
    # What is no message for it leaves it alone.
    page.evaluate("() => { tell(null); tell('x'); tell({ step: NaN, speed: -1, theme: 'none' }); }")
    page.evaluate("() => tell({ tell: true })")
    page.wait_for_function("() => told.at(-1).step === 2")


@pytest.mark.slow
def test_a_clip_is_a_player_of_its_own(page: Any, film: Animation, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 500, "height": 460})

    def picture(opened: Opened, step: float) -> Any:
        page.evaluate(f"() => player.go({step})")
        opened.settle()
        return page.locator("#picture").screenshot()

    whole = Opened(page, film, tmp_path)
    names = whole.get("warpviz.state().names")
    pictures = [picture(whole, step) for step in (1, 1.5, 2)]
    clip = Opened(page, film.clip(2), tmp_path, "step=9&autoplay=0")
    assert clip.get("warpviz.state().names") == names[1:3]
    assert (clip.step, clip.get("warpviz.state().stops")) == (1, 2)
    assert page.inner_text("#now") == names[2]
    assert page.locator("#ticks i").count() == 2
    assert [picture(clip, step) for step in (0, 0.5, 1)] == pictures
    # It ends at its own end, and its probes tell the whole network.
    page.evaluate("() => { player.looping = false; player.go(0); player.play(); }")
    page.wait_for_function("() => player.ended && player.step() === 1")
    clip.press("p")
    lit = "document.querySelector('#numbers tr.lit th').textContent"
    assert clip.get("document.querySelectorAll('#numbers tbody tr:not(.last)').length") == 4
    assert clip.get(lit) == names[2]


@pytest.mark.slow
def test_three_players_of_a_page_are_told_apart_by_their_names(
    page: Any, film: Animation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    film.save("fold.html")
    names = ["relu", "tanh", "gelu"]
    codes = "".join(embed("fold.html", autoplay="0", name=name) for name in names)
    (tmp_path / "around.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>around</title><div style="width: 300px">'
        f"{codes}</div><script>window.told = {{}};"
        "addEventListener('message', ({ data }) => {"
        " if (data.warpviz) told[data.warpviz.name] = data.warpviz.step; });"
        "const all = (warpviz) => { for (const one of Array.from(frames))"
        " one.postMessage({ warpviz }, '*'); };"
        "</script>"
    )
    page.goto((tmp_path / "around.html").as_uri())
    told = "() => JSON.stringify(Object.keys(told).sort().map((name) => [name, told[name]]))"
    page.wait_for_function("() => Object.keys(told).length === 3")
    page.evaluate("() => { all({ to: 'tanh', step: 2 }); all({ to: 'sin', step: 3 }); }")
    page.wait_for_function("() => told.tanh === 2")
    page.evaluate("() => document.getElementById('gelu').contentWindow"
                  ".postMessage({ warpviz: { step: 1 } }, '*')")  # fmt: skip
    page.wait_for_function("() => told.gelu === 1")
    assert page.evaluate(told) == '[["gelu",1],["relu",0],["tanh",2]]'
    page.evaluate("() => all({ step: 3 })")
    page.wait_for_function(f'() => ({told})() === \'[["gelu",3],["relu",3],["tanh",3]]\'')
    states = [inner.evaluate("() => warpviz.state().name") for inner in page.frames[1:]]
    assert states == names
