"""For each host of pages, how it makes one of a snippet, with room above and below."""

import json
import re
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.hosts.programs import (
    PLAYER,
    Built,
    node_package,
    node_program,
    node_version,
    pandoc,
    run,
    snippet,
)

ROOM = "\n\n".join(["A line of the page around."] * 40)
"""What stands above and below the film: more than a window."""


def latex(folder: Path, frames: Path, autoplay: str) -> tuple[str, str]:
    """Let pdflatex make a document of a folder of frames; the scripts in it, and the version."""
    if shutil.which("pdflatex") is None or not run(folder, "kpsewhich", "animate.sty"):
        pytest.skip("needs animate: apt-get install texlive-latex-extra")
    code = snippet("latex", folder, frames.name, autoplay=autoplay)
    (folder / "talk.tex").write_text(
        "\\documentclass{article}\n\\usepackage{graphicx,animate}\n"
        "\\pdfcompresslevel=0\\pdfobjcompresslevel=0\n"
        f"\\begin{{document}}\n{code}\n\\end{{document}}\n"
    )
    run(folder, "pdflatex", "-interaction=nonstopmode", "-halt-on-error", "talk.tex")
    log = (folder / "talk.log").read_text(encoding="latin-1")
    (told,) = re.findall(r"^Package: (animate \S+)", log, re.MULTILINE)
    return (folder / "talk.pdf").read_bytes().decode("latin-1"), told


def html_page(folder: Path, **wishes: str) -> Built:
    around = "<p style='height: 1000px'></p>"
    code = snippet("html", folder, **wishes)
    (folder / "page.html").write_text(
        f'<!doctype html><meta charset="utf-8"><title>page</title>{around}{code}{around}'
    )
    return Built("page.html", "HTML")


def quarto(folder: Path, **wishes: str) -> Built:
    source = f"---\ntitle: Page\n---\n\n{ROOM}\n\n{snippet('quarto', folder, **wishes)}\n\n{ROOM}\n"
    return Built("talk.html", pandoc(folder, source, "--to", "html"))


def sphinx(folder: Path, **wishes: str) -> Built:
    return _sphinx(folder, "sphinx", "rst", [], **wishes)


def jupyterbook(folder: Path, **wishes: str) -> Built:
    pytest.importorskip("myst_parser", reason="needs myst-parser")
    built = _sphinx(folder, "jupyterbook", "md", ["myst_parser"], **wishes)
    return Built(built.page, f"myst-parser {version('myst-parser')}, {built.program}")


def _sphinx(folder: Path, host: str, kind: str, extensions: list[str], **wishes: str) -> Built:
    """A page in a folder of a book: the host finds the file that lies beside its source."""
    pytest.importorskip("sphinx", reason="needs sphinx")
    source = folder / "source"
    (source / "part").mkdir(parents=True)
    shutil.copy(folder / PLAYER, source / "part")
    (source / "conf.py").write_text(f"project = 'book'\nextensions = {extensions}\n")
    toc = {"rst": "Book\n====\n\n.. toctree::\n\n   part/talk\n",
           "md": "# Book\n\n```{toctree}\npart/talk\n```\n"}  # fmt: skip
    (source / f"index.{kind}").write_text(toc[kind])
    title = {"rst": "Talk\n====", "md": "# Talk"}[kind]
    code = snippet(host, source / "part", **wishes)
    (source / "part" / f"talk.{kind}").write_text(f"{title}\n\n{ROOM}\n\n{code}\n\n{ROOM}\n")
    run(folder, sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", source, folder / "book")
    return Built("book/part/talk.html", f"Sphinx {version('sphinx')}")


def mkdocs(folder: Path, **wishes: str) -> Built:
    """A page of its own folder, as MkDocs makes of every page but the first."""
    pytest.importorskip("mkdocs", reason="needs mkdocs")
    docs = folder / "docs"
    docs.mkdir()
    shutil.copy(folder / PLAYER, docs)
    (folder / "mkdocs.yml").write_text("site_name: book\nstrict: true\n")
    (docs / "index.md").write_text("# Book\n")
    code = snippet("mkdocs", docs, **wishes)
    (docs / "talk.md").write_text(f"# Talk\n\n{ROOM}\n\n{code}\n\n{ROOM}\n")
    run(folder, sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder / "site",
        NO_MKDOCS_2_WARNING="1")  # fmt: skip
    return Built("site/talk/index.html", f"MkDocs {version('mkdocs')}")


EDITOR = """<!doctype html><meta charset="utf-8"><title>editor</title>
<textarea id="area"></textarea><script src="tinymce/tinymce.js"></script><script>
const [code, wishes] = %s;
tinymce.init({ selector: "#area", ...wishes }).then(([editor]) => {
  editor.setContent(code);
  const kept = editor.getContent();
  editor.remove();
  document.open();
  const room = '<p style="height: 1000px"></p>';
  document.write(`<!doctype html>${room}${kept}${room}`);
  document.close();
});
</script>"""
MOODLE = {
    "convert_urls": False, "a11y_advanced_options": True, "xss_sanitization": False,
    "entity_encoding": "raw", "extended_valid_elements": "script[*],p[*],i[*]",
    "plugins": "code", "license_key": "gpl", "promotion": False,
}  # fmt: skip
"""What Moodle's `lib/editor/tiny/amd/src/editor.js` tells TinyMCE about content, and a licence."""


def moodle(folder: Path, **wishes: str) -> Built:
    """A page with what is left of the snippet when Moodle's editor has read and written it."""
    (folder / "tinymce").symlink_to(node_package("tinymce"))
    told = json.dumps([snippet("moodle", folder, **wishes), MOODLE]).replace("<", "\\u003c")
    (folder / PLAYER).rename(folder / "elsewhere.html")  # it needs no file
    (folder / "page.html").write_text(EDITOR % told, encoding="utf-8")
    return Built("page.html", f"{node_version('tinymce')} as Moodle sets it")


def observable(folder: Path, **wishes: str) -> Built:
    program = node_program("@observablehq/framework", "observable")
    source = folder / "src"
    source.mkdir()
    shutil.copy(folder / PLAYER, source)
    code = snippet("observable", source, **wishes)
    (source / "index.md").write_text(f"# Page\n\n{ROOM}\n\n```js\n{code}\n```\n\n{ROOM}\n")
    # What the framework would fetch from the network, from the package that it names.
    cache = source / ".observablehq" / "cache" / "_npm" / "htl@0.3.1"
    cache.mkdir(parents=True)
    shutil.copy(node_package("htl") / "src" / "index.js", cache / "_esm.js")
    (folder / "observablehq.config.js").write_text(
        "export default { root: 'src', output: 'out', title: 'Page', globalStylesheets: [] };"
    )
    run(folder, program, "build", OBSERVABLE_TELEMETRY_DISABLE="true")
    return Built("out/index.html", node_version("@observablehq/framework"))
