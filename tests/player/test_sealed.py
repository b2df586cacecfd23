"""A page runs its own script alone and asks for nothing, whatever names say, whoever holds it."""

import html
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.modules import FILES
from warpviz.curves.page import save_page
from warpviz.data.dataset import Dataset
from warpviz.film.build import animate, compare
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp
from warpviz.player.engine import module_texts
from warpviz.player.page import frame_of, page
from warpviz.player.sealed import sealed

PAYLOADS = (
    '<img src="http://canary.invalid/{0}" onerror="parent.canary=1;canary=1">',
    "<script>canary=1;fetch('http://canary.invalid/{0}')</script>",
    '"><svg onload="canary=1"><style>@import "http://canary.invalid/{0}"</style>',
    "</script></title><link rel=prefetch href=http://canary.invalid/{0}>",
)
"""Each place has its own, so that one that gets out says where."""


def harm(place: str) -> str:
    """Two of them, as many letters as a name may have."""
    first = len(place) % 3
    return "".join(PAYLOADS[first : first + 2]).format(place)


@pytest.fixture(scope="module")
def films() -> dict[str, Animation]:
    """One of a network, two side by side, one of states with names of their own."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(60, 2)), np.arange(60) % 2
    data = Dataset(
        x, y, (harm("class"), "b" + harm("other")), harm("data"),
        feature_names=(harm("feature"), "v" + harm("v")),
    )  # fmt: skip
    chain = mlp([2, 3, 2], "tanh", seed=3)
    look: Any = {"title": harm("title"), "size": (480, 240), "seconds": 0.3, "hold": 0.1}
    return {
        "one": animate(chain, data, **look),
        "two": compare({harm("panel"): chain, "b" + harm("panel2"): chain}, data, **look),
        "states": animate([x, 2 * x], y, names=[harm("stop"), "b" + harm("stop2")], **look),
    }


@pytest.fixture
def asked(chromium: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page, and what it asked for besides the files that were opened; each would be a canary."""
    context = chromium.new_context()
    tab, told = context.new_page(), list[str]()
    context.on("request", lambda request: told.append(request.url))
    tab.on("pageerror", lambda error: told.append(f"error {error}"))
    yield tab, told
    context.close()


TRY_ALL = """async () => {
  const pause = () => new Promise((done) => setTimeout(done, 30));
  const { canvas } = player;
  for (const menu of document.querySelectorAll("details")) menu.open = true;
  document.getElementById("probe").click();
  await pause();
  const box = canvas.getBoundingClientRect();
  for (let i = 0; i < 40; i++) {
    const clientX = box.left + box.width * ((i * 0.37) % 1);
    const clientY = box.top + box.height * ((i * 0.61) % 1);
    canvas.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY }));
  }
  for (const id of ["next", "theme", "help", "next", "play", "play"]) {
    document.getElementById(id).click();
    await pause();
  }
  dispatchEvent(new Event("beforeprint"));
  await pause();
  const made = ["img:not(#poster)", "script", "style", "link", "iframe", "object", "a[href]"];
  const counts = made.map((one) => document.querySelectorAll(one).length);
  return { canary: typeof canary, counts };
}"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one", "two", "states"])
def test_nothing_that_a_name_says_runs_or_is_fetched(
    name: str, films: dict[str, Animation], asked: tuple[Any, list[str]], tmp_path: Path
) -> None:
    tab, told = asked
    film = films[name]
    path = film.save(tmp_path / "fold.html")[0].path
    tab.goto(path.as_uri() + "#autoplay=0")
    tab.wait_for_selector("body[data-ready]")
    seen = tab.evaluate(TRY_ALL)
    # The film's data, its script, its styles, the one of `noscript` being text where scripts run.
    assert seen == {"canary": "undefined", "counts": [0, 2, 1, 0, 0, 0, 0]}
    assert "canary" in tab.inner_text("body"), "the names are shown"
    assert told == [path.as_uri()]


@pytest.mark.slow
def test_it_plays_in_a_sandbox(
    films: dict[str, Animation], asked: tuple[Any, list[str]], tmp_path: Path
) -> None:
    """By srcdoc and from a file, of no origin, in a page that forbids nearly all itself."""
    tab, told = asked
    films["one"].save(tmp_path / "fold.html")
    policy = (
        "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'none'"
    )
    frames = frame_of(films["one"]) + '<iframe sandbox="allow-scripts" src="fold.html"></iframe>'
    (tmp_path / "around.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>t</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">{frames}',
        encoding="utf-8",
    )
    address = (tmp_path / "around.html").as_uri()
    tab.goto(address)
    tab.wait_for_function("() => document.querySelectorAll('iframe').length === 2")
    for frame in tab.frames[1:]:
        frame.wait_for_selector("body[data-ready]")
        assert frame.evaluate("() => origin") == "null"
        assert frame.evaluate(TRY_ALL)["canary"] == "undefined"
    assert tab.evaluate("() => typeof canary") == "undefined"
    assert [url for url in told if url != address] == [(tmp_path / "fold.html").as_uri()]


SMUGGLED = (
    '<script>canary = 1</script><img src="http://canary.invalid/img" onerror="canary = 1">'
    '<style>body { outline-color: red !important }</style><b style="color: red" id="worn">b</b>'
)
"""What somebody put into the file."""
FORBIDDEN = """async () => {
  const found = [];
  addEventListener("securitypolicyviolation", (event) => found.push(event.effectiveDirective));
  const tried = async (act) => { try { await act(); } catch (error) { return error.name; } };
  const network = await tried(() => fetch("http://canary.invalid/fetch"));
  const markup = await tried(() => { document.body.innerHTML += "<b>x</b>"; });
  const worn = document.getElementById("worn");
  worn.append(Object.assign(new Image(), { src: "http://canary.invalid/image" }));
  await new Promise((done) => setTimeout(done, 100));
  return {
    canary: typeof canary, markup, network, found: [...new Set(found)].sort(),
    outline: getComputedStyle(document.body).outlineColor, worn: getComputedStyle(worn).color,
  };
}"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["player", "curves"])
def test_what_gets_into_the_page_all_the_same_is_not_run(
    kind: str, films: dict[str, Animation], chromium: Any, tmp_path: Path
) -> None:
    """The policy itself, by what a browser says that it forbade."""
    path = tmp_path / "page.html"
    if kind == "player":
        films["one"].save(path)
    else:
        save_page(["relu", "gelu"], path)
    path.write_text(path.read_text("utf-8").replace("</body>", SMUGGLED + "</body>"), "utf-8")
    tab = chromium.new_page()
    told: list[str] = []
    tab.on("requestfinished", lambda request: told.append(request.url))
    tab.goto(path.as_uri())
    tab.wait_for_selector("#picture" if kind == "player" else "#panels svg", state="attached")
    seen = tab.evaluate(FORBIDDEN)
    tab.close()
    assert seen["canary"] == "undefined"
    assert (seen["markup"], seen["network"]) == ("TypeError", "TypeError")
    assert "rgb(255, 0, 0)" not in (seen["outline"], seen["worn"])
    assert seen["found"] == ["connect-src", "img-src", "require-trusted-types-for"]
    assert told == [path.as_uri()]


def inline(text: str, tag: str) -> list[str]:
    return re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)


def test_the_policy_names_what_stands_in_the_page(
    films: dict[str, Animation], tmp_path: Path
) -> None:
    curves = save_page(["relu"], tmp_path / "curves.html").read_text("utf-8")
    for text in (page(films["one"]), curves):
        found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert found
        policy = dict(one.strip().split(" ", 1) for one in found[1].split(";"))
        assert policy["default-src"] == "'none'" and "unsafe" not in found[1]
        for tag in ("script", "style"):
            hashes = [
                f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'"
                for one in inline(text, tag)
            ]
            assert policy[f"{tag}-src"].split() == hashes and hashes
        barred = re.search(r'<[a-z]+(?: [\w-]+="[^"]*")* (style|on\w+)=', text)
        assert not barred, "an attribute that the policy bars"


def test_what_breaks_out_is_not_allowed() -> None:
    template = "{{policy}}<title>{{title}}</title><script>{{run}}</script>"
    harmless = sealed(template, {"title": "a", "run": "f()"}).partition("<")[0]
    added = sealed(template, {"title": "</title><script>g()</script>", "run": "f()"})
    assert added.startswith(harmless) and harmless.count("sha256") == 1
    broken = sealed(template, {"title": "a", "run": "f()</script><script>g()"})
    for one in inline(broken, "script"):
        assert b64encode(sha256(one.encode()).digest()).decode() not in broken.partition("<")[0]


def test_no_module_makes_markup_of_texts() -> None:
    sinks = r"(inner|outer|insertAdjacent)HTML|document\.write|\beval\b|new Function|srcdoc"
    for name, text in module_texts(name for name in FILES if name.endswith(".js")).items():
        assert not re.search(sinks, text), name


def test_a_frame_of_a_notebook_ends_no_attribute(films: dict[str, Animation]) -> None:
    found = re.fullmatch(r'<iframe srcdoc="([^"]*)"[^<>]*></iframe>', frame_of(films["one"]))
    assert found and html.unescape(found[1]) == page(films["one"])
