"""The engine's JavaScript: one file a job, joined in the order in which they are needed."""

from importlib.resources import files

ENGINE = (
    "payload", "chain", "motion", "camera", "raster", "lines", "dots", "cloth",
    "marks", "axes", "arrange", "panel", "classic", "clock", "ask", "film",
)  # fmt: skip
"""Names of the files in `js/`."""


def engine_source() -> str:
    """The engine as one piece of script: its names are meant to live inside one function.

    It defines `load(payload)`, documented at the head of `film.js`.
    """
    folder = files("warpviz.player") / "js"
    return "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in ENGINE)
