"""A step of what a model does, whatever library does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, eq=False)
class Node:
    """A step of a forward pass, or what it begins with.

    Attributes:
        name: of the operation, such as "add", or of what it begins with.
        args: as they were given, nodes in the place of arrays; in the order of the formula.
        kwargs: the same by name.
        shape: of the result, () of several.
        of_data: whether the result depends on the data.
        module: where a module of PyTorch's own did it.
        place: the path of the module, or of the one in whose code it is.
        call: does it again, with values in the place of nodes; None of what needs no doing.
    """

    name: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    shape: tuple[int, ...] = ()
    of_data: bool = True
    module: Any = None
    place: str = ""
    call: Callable[..., Any] | None = None

    @property
    def inputs(self) -> list["Node"]:
        """The nodes it needs, each once."""
        found: list[Node] = []
        mapped((self.args, dict(self.kwargs)), lambda node: found.append(node), Node)
        return list(dict.fromkeys(found))

    def computed(self, values: Mapping["Node", Any]) -> Any:
        """The result under other values of its inputs."""
        args, kwargs = mapped((self.args, dict(self.kwargs)), values.__getitem__, Node)
        assert self.call is not None
        return self.call(*args, **kwargs)


def mapped(value: Any, change: Callable[[Any], Any], kind: type) -> Any:
    """Arguments with all values of a kind changed, however deep they are.

    >>> mapped((1, [2.0, {"a": 3}], slice(4, None)), lambda n: -n, int)
    (-1, [2.0, {'a': -3}], slice(-4, None, None))
    """
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, tuple | list):
        several = [mapped(one, change, kind) for one in value]
        named = hasattr(value, "_fields")
        return type(value)(*several) if named else (list, tuple)[isinstance(value, tuple)](several)
    if isinstance(value, dict):
        return {key: mapped(one, change, kind) for key, one in value.items()}
    if isinstance(value, slice):
        sides = (value.start, value.stop, value.step)
        return slice(*(mapped(one, change, kind) for one in sides))
    return value
