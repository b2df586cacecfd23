"""Nothing that a file says leaves its place in a snippet."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from warpviz.errors import WarpvizError
from warpviz.player.embed import KINDS, snippet

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


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_a_title_stays_a_title(kind: str, title: str, tmp_path: Path) -> None:
    harmless = snippet(player(tmp_path / "a.html", "harmless"), kind)
    text = snippet(player(tmp_path / "a.html", title), kind)
    value = re.search(r'title="([^"\n]*)"', text)
    assert value is not None
    assert text.replace(value[1], "harmless") == harmless
    # What stands for a sign by its number is none to Markdown, to a template or to TeX.
    assert not re.search(r"[`{}<>\[\]\\$\"'*_~]|&(?!#\d+;)", value[1])
    (shown,) = [tag["title"] for name, tag in Frames(text).found if name == "iframe"]
    seen = " ".join("".join(s if s.isprintable() else " " for s in title).split())
    assert shown.replace("\ufffd", "").strip() == seen[:200]


def test_when_it_plays_stands_in_address_and_name(tmp_path: Path) -> None:
    path = player(tmp_path / "a.html", "t")
    for kind in KINDS:
        for autoplay in ("always", "0"):
            text = snippet(path, kind, autoplay=autoplay)
            (frame,) = [tag for name, tag in Frames(text).found if name == "iframe"]
            words = frame["src"].partition("#")[2]
            assert frame["name"] == f"warpviz#{words}" and f"autoplay={autoplay}" in words
    plain = snippet(path, "html")
    assert "name=" not in plain.partition(">")[0] and "#" not in plain.partition(">")[0]
    with pytest.raises(WarpvizError, match="Unknown autoplay 'evr'; choose one of 0, always, seen"):
        snippet(path, "html", autoplay="evr")


def test_a_player_that_says_more_of_itself_is_one(tmp_path: Path) -> None:
    path = player(tmp_path / "a.html", "t")
    path.write_text(path.read_text().replace('"240">', '"240" data-autoplay="0">'))
    assert snippet(path, "html") == snippet(player(tmp_path / "a.html", "t"), "html")


@pytest.mark.parametrize("kind", ["quarto", "jupyterbook", "html"])
@pytest.mark.parametrize("title", HOSTILE)
def test_markdown_sees_one_block(kind: str, title: str, tmp_path: Path) -> None:
    from markdown_it import MarkdownIt

    def blocks(title: str) -> list[tuple[str, str]]:
        text = snippet(player(tmp_path / "a.html", title), kind)
        return [(token.type, token.info) for token in MarkdownIt().parse(text)]

    assert blocks(title) == blocks("harmless")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_s_name_stays_a_name(kind: str, tmp_path: Path) -> None:
    from urllib.parse import unquote

    name = "a\"b'`\n{{x}} <i>$.html"
    text = snippet(player(tmp_path / name, "t"), kind)
    source = next(tag["src"] for tag_name, tag in Frames(text).found if tag_name == "iframe")
    assert unquote(source.partition("#")[0]).endswith(f"/{name}")
    assert not re.search(r"[`\"'\n{}<>$]", source)
    assert re.search(r'src="_static/[^/"]+"', text) or kind != "jupyterbook"


def test_sizes_without_end_are_no_player(tmp_path: Path) -> None:
    for stops in ("9" * 5000, "99999999999", "٣"):
        with pytest.raises(WarpvizError, match="is no player"):
            snippet(player(tmp_path / "a.html", "t", stops), "reveal")
