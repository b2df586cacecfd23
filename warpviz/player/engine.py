"""The engine's JavaScript: one file a job, joined in the order in which they are needed."""

import re
from collections.abc import Iterable
from importlib.resources import files

ENGINE = (
    "payload", "chain", "motion", "camera", "raster", "lines", "dots", "cloth",
    "marks", "axes", "arrange", "panel", "classic", "clock", "ask", "film",
)  # fmt: skip
"""Names of the files in `js/`."""


_REMARK = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)


def engine_source() -> str:
    """The engine as one piece of script: its names are meant to live inside one function.

    It defines `load(payload)`, documented at the head of `film.js`.
    """
    return joined(f"{name}.js" for name in ENGINE)


def joined(names: Iterable[str]) -> str:
    """Files of `js/` as one piece of script, without the lines that are remarks alone."""
    folder = files("warpviz.player") / "js"
    texts = (folder.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in names)
    return "\n".join(_REMARK.sub("", text) for text in texts)
