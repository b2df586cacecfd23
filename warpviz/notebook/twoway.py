"""What a page and Python keep equal on both sides; needs anywidget."""

from importlib.resources import files
from typing import Any
from uuid import uuid4

import anywidget
import traitlets


class TwoWay(anywidget.AnyWidget):  # type: ignore[misc]
    """A page in a frame with traits of `shared` names; what begins with _ is for the page alone."""

    _esm = (files("warpviz.notebook") / "widget.js").read_text(encoding="utf-8")
    _page = traitlets.Unicode().tag(sync=True)
    _title = traitlets.Unicode().tag(sync=True)
    _size: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _autoplay = traitlets.Unicode("seen").tag(sync=True)
    _film = traitlets.Unicode().tag(sync=True)
    _shared: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _begun = traitlets.Bool(False).tag(sync=True)
    # By name, how often Python set it; and how much of that the page's last word knew.
    _asked = traitlets.Dict().tag(sync=True)
    _heard = traitlets.Dict().tag(sync=True)

    def __init__(self, shared: tuple[str, ...], **given: Any) -> None:
        """Make the page; `given` are first values of traits."""
        self._hearing: dict[str, Any] = {}
        none = dict.fromkeys(shared, 0)
        super().__init__(
            _shared=list(shared), _asked=none, _heard=dict(none), _film=uuid4().hex, **given
        )

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the page tells, but for what it said before it heard Python's last word.

        A film that plays tells its step all the time: what waits while a cell runs, and is read
        after it, would undo what the cell set.
        """
        heard = sync_data.get("_heard", self._heard)
        fresh = {
            name: value
            for name, value in sync_data.items()
            if self._asked.get(name, 0) <= heard.get(name, 0)
        }
        self._hearing = fresh
        try:
            super().set_state(fresh)
        finally:
            self._hearing = {}

    def notify_change(self, change: Any) -> None:
        """Number what Python sets, before it is sent."""
        name = change["name"]
        told = name in self._hearing and plain(self._hearing[name]) == self._sent(name, change)
        if name in self._shared and not told and self.comm is not None:
            self._asked = {**self._asked, name: self._asked[name] + 1}
        super().notify_change(change)

    def _sent(self, name: str, change: Any) -> Any:
        """What is new of a trait, as the page gets it."""
        to_json = self.trait_metadata(name, "to_json")
        return plain(change["new"] if to_json is None else to_json(change["new"], self))


def plain(value: Any) -> Any:
    """A value as JSON brings it: rows are lists."""
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value
