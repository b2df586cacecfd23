"""Lessons of the laboratory: a start, and steps with a sentence of task and a check each.

    {"title": "…", "start": {"data": "xor", "widths": [4], "activation": "relu"},
     "steps": [{"task": "Train it.", "check": {"accuracy": 1}, "hint": "…"}]}

`CHECKS` are the names that a check may have; all that it asks for must be so. Ours are the files in
`lessons/`, their sentences in the languages' tables; a teacher's own are said as they stand.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Any

from warpviz.data.files import content_of
from warpviz.errors import WarpvizError, visible
from warpviz.names import unknown_name

CHECKS = (
    "accuracy", "accuracy_below", "epochs", "separable", "regions", "widths", "activation",
    "determinant", "folds", "dead", "turn", "meet",
)  # fmt: skip
"""What a check may ask for, see js/lab/panels/checks.js."""
START = ("layers", "widths", "activation", "data", "seed", "training", "stop")
"""What a lesson may begin with."""
LARGEST = 2**20
"""Bytes of a lesson."""
LONGEST = 400
"""Letters of a sentence."""


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes:
        name: that finds it again.
        title: a few words.
        steps: each with `task`, `check` and perhaps `hint`.
        start: what it begins with, names of `START`.
        own: whether its sentences are said as they stand.
    """

    name: str
    title: str
    steps: tuple[Mapping[str, Any], ...]
    start: Mapping[str, Any] = field(default_factory=dict)
    own: bool = False

    def tree(self) -> dict[str, Any]:
        """As the page has it."""
        told = {"name": self.name, "title": self.title, "own": self.own}
        return {**told, "start": dict(self.start), "steps": [dict(step) for step in self.steps]}


def lesson_of(content: object, name: str, *, own: bool = True) -> Lesson:
    """A lesson from what its file holds.

    Raises:
        WarpvizError: it holds none; the step is named.

    >>> told = {"title": "Turn", "steps": [{"task": "Half-way.", "check": {"accuracy": 1}}]}
    >>> lesson_of(told, "turn").title
    'Turn'
    """
    what = f"Lesson '{name}'"
    if not isinstance(content, dict) or not isinstance(content.get("steps"), list):
        raise WarpvizError(f'{what} expects {{"title": …, "steps": [{{…}}]}}, got other JSON.')
    title, start = content.get("title", name), content.get("start", {})
    if not isinstance(title, str) or len(title) > LONGEST:
        raise WarpvizError(f"{what} expects a title, a sentence, got {title!r:.40}.")
    if not isinstance(start, dict):
        raise WarpvizError(f"{what} expects start to be an object, got {start!r:.40}.")
    for key in start:
        if key not in START:
            raise unknown_name(f"start in {what}", key, START)
    steps = [_step(what, i, step) for i, step in enumerate(content["steps"], 1)]
    if not steps:
        raise WarpvizError(f"{what} expects at least one step, got none.")
    return Lesson(name, title, tuple(steps), start, own)


def _step(what: str, number: int, step: object) -> Mapping[str, Any]:
    if not isinstance(step, dict) or not isinstance(step.get("task"), str):
        raise WarpvizError(f"{what} expects step {number} to have a task, got {step!r:.40}.")
    check = step.get("check")
    if not isinstance(check, dict) or not check:
        raise WarpvizError(f"{what} expects step {number} to have a check, got {check!r:.40}.")
    for name in check:
        if name not in CHECKS:
            raise unknown_name(f"check in step {number} of {what}", name, CHECKS)
    if max(len(step["task"]), len(str(step.get("hint", "")))) > LONGEST:
        raise WarpvizError(f"{what} expects at most {LONGEST} letters in step {number}.")
    return step


@cache
def lessons() -> tuple[Lesson, ...]:
    """Ours, in the order in which they are offered."""
    folder = files("warpviz.laboratory") / "lessons.json"
    told = json.loads(folder.read_text(encoding="utf-8"))
    return tuple(lesson_of(content, name, own=False) for name, content in told.items())


def lesson_named(word: str) -> Lesson:
    """One of ours by its name, or a teacher's own from a file.

    Raises:
        WarpvizError: there is no such lesson, or the file holds none.
    """
    known = {lesson.name: lesson for lesson in lessons()}
    if word in known:
        return known[word]
    path = Path(word)
    if path.suffix.lower() != ".json":
        raise unknown_name("lesson", word, [*known, "FILE.json"])
    data = content_of(path, "Lesson")
    if len(data) > LARGEST:
        raise WarpvizError(f"Lesson '{word}' expects at most {LARGEST:,} bytes, got {len(data):,}.")
    try:
        content = _shown(json.loads(data.decode("utf-8"), parse_constant=_refuse))
    except (ValueError, RecursionError) as error:
        raise WarpvizError(f"Lesson '{word}' expects JSON, got {error}.") from None
    return lesson_of(content, visible(path.stem))


def _refuse(number: str) -> None:
    raise ValueError(f"{number}, which no JSON has")


def _shown(content: Any) -> Any:
    """The same with all its texts as they may be shown."""
    if isinstance(content, str):
        return "\n".join(map(visible, content.split("\n")))
    if isinstance(content, float) and not isfinite(content):
        _refuse(str(content))
    if isinstance(content, list):
        return [_shown(each) for each in content]
    if isinstance(content, dict):
        return {visible(key): _shown(each) for key, each in content.items()}
    return content
