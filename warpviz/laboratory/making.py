"""`wv.lab`: a network and its data as a laboratory, a page in one file."""

import html
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy.typing as npt

from warpviz.arguments import check_fields, kinds_checked
from warpviz.atomic import replacing
from warpviz.convert import classes_of, to_chain
from warpviz.convert.pairing import as_dataset, fitting
from warpviz.data import Dataset, load_data
from warpviz.errors import WarpvizError, visible
from warpviz.film.build import animate
from warpviz.film.looks.look import Look, known_words
from warpviz.film.reel.animation import Animation
from warpviz.laboratory.handed import NO_PARTS, SIZE, check_chain, check_data, handed
from warpviz.laboratory.lessons import lesson_named, lessons
from warpviz.laboratory.page import lab_page
from warpviz.languages.language import LANGUAGES, language_of
from warpviz.model import Chain, mlp

TITLE = "warpviz lab"
DATA = "rings"
WIDTHS = (3, 3, 3)
ACTIVATIONS = ("identity", "relu", "relu")
"""As `LAYERS` of the data has them: hidden layers that separate rings."""
HEIGHT = 760
"""CSS pixels of a laboratory in a notebook."""


@dataclass(frozen=True, eq=False)
class Lab:
    """A laboratory: a network that is taken hold of in a page.

    Attributes:
        chain: what it begins with.
        data: points of the plane in classes.
        title: of the page.
        theme: a name of `THEMES`, or a file of one's own.
        language: of its words.
        lesson: the name of one of ours, or a file, with which it opens; None for none.
        seed: that the first weights are told to come from.
    """

    chain: Chain
    data: Dataset
    title: str = TITLE
    theme: str = "dark"
    language: str = "en"
    lesson: str | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        check_fields(self)
        object.__setattr__(self, "title", visible(self.title))
        known_words(("language", self.language, LANGUAGES))
        Look(self.theme)  # a name, or a file of one's own
        check_chain(self.chain)
        check_data(self.data)
        if not isinstance(self.seed, int) or self.seed < 0:
            raise WarpvizError(f"seed expects a whole number from 0, got {self.seed!r:.40}.")
        if self.lesson is not None:
            lesson_named(self.lesson)

    def __repr__(self) -> str:
        """Shape and data."""
        return f"<Lab of {'→'.join(map(str, self.chain.widths))} on {self.data.name}>"

    @cached_property
    def film(self) -> Animation:
        """Of what it begins with."""
        return animate(
            self.chain, self.data,
            size=SIZE, theme=self.theme, language=self.language, hide=NO_PARTS[:1], jobs=1,
        )  # fmt: skip

    def to_html(self) -> str:
        """The page as text: one file, nothing to fetch."""
        say = language_of(self.language)
        ours = lessons()
        chosen = None if self.lesson is None else lesson_named(self.lesson)
        offered = ours if chosen is None or chosen in ours else (chosen, *ours)
        given = handed(
            self.film, self.chain, self.data, say, offered,
            None if chosen is None else chosen.name, self.seed,
        )  # fmt: skip
        return lab_page(self.film, self.title, given, say)

    @kinds_checked
    def save(self, path: str | Path) -> Path:
        """Write the page; an older one is replaced when the new one is whole.

        Raises:
            WarpvizError: the file is not to be an .html one.
        """
        path = Path(path)
        if path.suffix.lower() not in (".html", ".htm"):
            raise WarpvizError(f"A laboratory is an .html file, got '{path.name}'.")
        data = self.to_html().encode()
        with replacing(path) as draft:
            draft.write_bytes(data)
        return path

    def _repr_html_(self) -> str:
        """The page in a frame of its own."""
        return (
            f'<iframe srcdoc="{html.escape(self.to_html(), quote=True)}" '
            f'title="{html.escape(self.title)}" sandbox="allow-scripts allow-downloads" '
            f'allowfullscreen style="width: 100%; height: {HEIGHT}px; border: 0"></iframe>'
        )


@kinds_checked
def lab(
    model: Any = None,
    x: Dataset | npt.ArrayLike | None = None,
    y: npt.ArrayLike | None = None,
    *,
    title: str = TITLE,
    theme: str = "dark",
    language: str = "en",
    lesson: str | None = None,
    seed: int = 0,
) -> Lab:
    """A laboratory of a classifier of the plane: `wv.lab(chain, data).save("lab.html")`.

    Args:
        model: a `Chain`, or a model that `to_chain` takes, of up to 8 hidden layers of up to 8
            units; None is 2→3→3→3 with relu behind the second and third, untrained.
        x: a `Dataset`, or the points (N, 2); None is rings.
        y: the classes (N,) where x is an array.
        title: of the page.
        theme: a name of `THEMES`, or a file of one's own.
        language: a code of `LANGUAGES`.
        lesson: the name of a lesson, or a file of one, with which it opens.
        seed: of the first weights, where there is no model.

    Raises:
        WarpvizError: the model or the data are none that a laboratory takes.

    >>> lab()
    <Lab of 2→3→3→3→2→2 on rings>
    """
    if x is None:
        data = load_data(DATA, seed=0)
    else:
        data = as_dataset(x, y, None if model is None else classes_of(model), False, False)
    check_data(data)
    if model is None:
        chain = mlp([2, *WIDTHS, data.n_classes], list(ACTIVATIONS), seed=seed)
    else:
        chain = to_chain(model)
    return Lab(fitting(chain, data), data, title, theme, language, lesson, seed)
