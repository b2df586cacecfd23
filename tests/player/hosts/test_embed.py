"""Nothing that a file says leaves its place in a snippet."""

import html
import re
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest

from warpviz.cli.verbs import parser_of
from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp
from warpviz.player.hosts.embed import embed
from warpviz.player.hosts.table import HOSTS

HOSTILE = [
    "a\n```\n\n```{python}\nimport os; os.remove('x')\n```\n",
    "a\r\n```\r\n{{< include /etc/passwd >}}",
    "{{< env HOME >}}{{ constructor.constructor('x')() }}{% raw %}${x}<%= x %>",
    '"><script>canary()</script><iframe onload="canary()',
    "'/onmouseover=canary()/'",
    "]]>--><!-- &lt;b&gt; &quot;",
    "$\\write18{rm}$ \\(x\\) `code` *b* _i_ [a](b) ~~~ ::: {.x}",
    "\u202eesrever\u2028\u2029\x1b[31mred\x00\x85\ud800",
    "A" * 10_000,
]


class Frames(HTMLParser):
    """Tags and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, Any]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def player(path: Path, title: str, stops: str = "4") -> Path:
    """A file that says of itself that it is a player."""
    told = title.replace("&", "&amp;").replace("<", "&lt;")
    path.write_bytes(
        f'<meta name="generator" content="warpviz 1"><title>{told}</title>'
        f'<body data-stops="{stops}" data-width="320" data-height="240">'.encode(
            "utf-8", "surrogatepass"
        )
    )
    return path


@pytest.fixture(scope="module")
def film() -> Animation:
    data = make_data("rings", n=60)
    return animate(mlp([2, 3, 2], "tanh", seed=3), data, size=(320, 240), seconds=0.3, hold=0.1)


PAGES = [host for host, each in HOSTS.items() if not each.frames]
STRICT = [host for host, each in HOSTS.items() if each.plain]


def said(text: str) -> str:
    """What is said of the film's title, as it is written."""
    values: set[str] = set(re.findall(r'title="([^"\n]*)"', text))
    (value,) = values
    return value


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("host", PAGES)
def test_a_title_stays_a_title(host: str, title: str, tmp_path: Path) -> None:
    pages = r'data-page="[\w+/=]+"'  # of which the title is a part, as numbers
    harmless = re.sub(pages, "", embed(player(tmp_path / "a.html", "harmless"), host))
    text = re.sub(pages, "", embed(player(tmp_path / "a.html", title), host))
    value = said(text)
    assert text.replace(value, "harmless") == harmless
    # What stands for a sign by its number is none to Markdown, to a template or to TeX.
    assert not re.search(r"[`{}<>\[\]\\$\"'*_~]|&(?!#\d+;)", value)
    (shown,) = [tag["title"] for name, tag in Frames(text).found if "title" in tag]
    seen = " ".join("".join(s if s.isprintable() else " " for s in title).split())
    assert shown.replace("\ufffd", "").strip() == seen[:200]


def test_the_page_in_a_snippet_is_the_page(tmp_path: Path) -> None:
    path = player(tmp_path / "a.html", HOSTILE[0])
    (packed,) = re.findall(r'data-page="([\w+/=]+)"', embed(path, "moodle"))
    assert b64decode(packed) == path.read_bytes()


@pytest.mark.parametrize("host", PAGES)
def test_its_words_and_its_name_stand_in_address_and_name(host: str, tmp_path: Path) -> None:
    path = player(tmp_path / "a.html", "t")
    for autoplay in ("seen", "always", "0"):
        for name in ("", "left"):
            text = embed(path, host, autoplay=autoplay, name=name)
            found = [tag for _, tag in Frames(text).found if "title" in tag]
            (frame,) = found
            assert frame.get("id", "") == name
            told = frame.get("name") or frame.get("data-name") or "warpviz#"
            words = dict(parse_qsl(told.removeprefix("warpviz#")))
            address = (frame.get("src") or frame.get(":src") or "").partition("#")[2].rstrip("'")
            address = address or (frame.get("data-words") or "").lstrip("#")
            assert dict(parse_qsl(address)) in ({}, words)
            assert words.get("name", "") == name
            # A deck starts its films itself.
            wanted = autoplay if "loop" not in words else "0"
            assert words.get("autoplay", "seen") == wanted
            waits = {"seen": None, "always": "always", "0": "no"}[autoplay]
            assert frame.get("data-warpviz-play") == (waits if "keys" in words else None)
    with pytest.raises(WarpvizError, match="Unknown autoplay 'evr'; choose one of 0, always, seen"):
        embed(path, host, autoplay="evr")
    for name in ("a b", '"', "1", "-", "ä", "a\n"):
        with pytest.raises(WarpvizError, match="name expects a letter, then letters, digits"):
            embed(path, host, name=name)


def test_an_unknown_host_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WarpvizError, match="Unknown place 'revael'; did you mean 'reveal'"):
        embed(player(tmp_path / "a.html", "t"), "revael")


def test_a_player_that_says_more_of_itself_is_one(tmp_path: Path) -> None:
    path = player(tmp_path / "a.html", "t")
    path.write_text(path.read_text().replace('"240">', '"240" data-autoplay="0">'))
    assert embed(path, "html") == embed(player(tmp_path / "a.html", "t"), "html")


MARKDOWN = ("quarto", "quarto-revealjs", "html", "marp", "slidev", "jupyterbook", "mkdocs")


@pytest.mark.parametrize("host", MARKDOWN)
@pytest.mark.parametrize("title", HOSTILE)
def test_markdown_sees_the_same_blocks(host: str, title: str, tmp_path: Path) -> None:
    from markdown_it import MarkdownIt

    def blocks(title: str) -> list[tuple[str, str]]:
        text = embed(player(tmp_path / "a.html", title), host)
        return [(token.type, token.info) for token in MarkdownIt().parse(text)]

    assert blocks(title) == blocks("harmless")


HARMFUL = "a\"b'`\n{{x}} <i>$.html"


@pytest.mark.parametrize("host", [host for host in PAGES if host not in (*STRICT, "moodle")])
def test_a_file_s_name_stays_a_name(host: str, tmp_path: Path) -> None:
    text = embed(player(tmp_path / HARMFUL, "t"), host)
    assert text.count("\n") == embed(player(tmp_path / "b.html", "t"), host).count("\n")
    found = re.search(r"[(\"'/ ]((?:%[0-9A-F]{2}|\\u00[0-9a-f]{2}|[\w./-])+\.html)[#\"')]", text)
    assert found is not None, text
    name = re.sub(r"\\u00(..)", lambda code: chr(int(code[1], 16)), unquote(found[1]))
    assert name.rpartition("/")[2] == HARMFUL


@pytest.mark.parametrize("host", STRICT)
def test_languages_in_which_signs_mean_something_take_plain_names(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (HARMFUL, "a b.html", "a%.html", "ä.html", "a\n"):
        with pytest.raises(WarpvizError, match=f"{host} expects a path of the letters a to z"):
            embed(name if HOSTS[host].frames else player(Path(name), "t"), host)


def test_sizes_without_end_are_no_player(tmp_path: Path) -> None:
    for stops in ("9" * 5000, "99999999999", "٣"):
        with pytest.raises(WarpvizError, match="is no player"):
            embed(player(tmp_path / "a.html", "t", stops), "reveal")


def test_every_host_says_where_it_is() -> None:
    parser = " ".join(parser_of("embed").format_help().split())
    for host, each in HOSTS.items():
        assert each.where and host in parser
    assert each.frames and "frames" in parser


def test_no_frame_is_taller_than_the_window(tmp_path: Path) -> None:
    path = player(tmp_path / "a.html", "t")
    for host in PAGES:
        assert re.search(r"max-height: (100vh|[78]2vh|4[07]0px)", embed(path, host)), host


LINES = (
    "st.components.v1.html(film.to_html(), height=600)",
    "gr.HTML(f'<iframe srcdoc=\"{html.escape(film.to_html())}\"></iframe>')",
    "return film.to_html()",
)


def test_lines_for_streamlit_gradio_and_flask(film: Animation) -> None:
    page = Path(__file__).parents[3] / "gallery" / "site" / "how" / "hosts.md"
    told_to_type = page.read_text("utf-8")
    told: list[str] = []
    components = SimpleNamespace(html=lambda text, height: told.append(text))
    names: dict[str, Any] = {
        "st": SimpleNamespace(components=SimpleNamespace(v1=components)),
        "gr": SimpleNamespace(HTML=told.append), "html": html, "film": film,
    }  # fmt: skip
    for line in LINES:
        assert line in (Animation.to_html.__doc__ or "") and line in told_to_type
        if line.startswith("return"):
            exec(f"def shown():\n    {line}", names)
            told.append(names["shown"]())
        else:
            exec(line, names)
    streamlit, gradio, flask = told
    assert streamlit == flask == film.to_html()
    assert Frames(gradio).found == [("iframe", {"srcdoc": film.to_html()})]
