"""All hosts, and what makes of a snippet a page or a talk in each."""

from collections.abc import Callable, Mapping

from tests.hosts.pages import html_page, jupyterbook, mkdocs, moodle, observable, quarto, sphinx
from tests.hosts.programs import Built
from tests.hosts.talks import marp, quarto_revealjs, reveal, slidev

HOSTS: Mapping[str, Callable[..., Built]] = {
    "html": html_page,
    "reveal": reveal,
    "quarto": quarto,
    "quarto-revealjs": quarto_revealjs,
    "slidev": slidev,
    "marp": marp,
    "sphinx": sphinx,
    "jupyterbook": jupyterbook,
    "mkdocs": mkdocs,
    "moodle": moodle,
    "observable": observable,
}
"""All but `latex`, which needs no browser."""
