"""Where code can be changed into what a person could have written by mistake.

The changes are cosmic-ray's. One that makes no other program is none: see `meaning`.
"""

import ast
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LEFT_OUT = ("RemoveDecorator", "ExceptionReplacer")
"""Changes that every import, or no law, sees."""
TURNED = {
    "Add": ("Sub",), "Sub": ("Add",), "Mul": ("Div",), "Div": ("Mul",), "FloorDiv": ("Mul",),
    "Mod": ("Mul",), "Pow": ("Mul",), "BitOr": ("BitAnd",), "BitAnd": ("BitOr",),
    "Eq": ("NotEq",), "NotEq": ("Eq",), "Lt": ("LtE", "GtE"), "LtE": ("Lt", "Gt"),
    "Gt": ("GtE", "LtE"), "GtE": ("Gt", "Lt"), "Is": ("IsNot",), "IsNot": ("Is",),
}  # fmt: skip
"""What an operator becomes: what a person could have written. The rest fails at once."""
UNFELT = {
    "dataclass": ("frozen", "slots"),
    "lru_cache": ("maxsize",),
    "zip": ("strict",),
    "warn": ("stacklevel",),
}
"""Arguments of calls that change no result: they guard against other faults, or save time."""
BOUNDS = ("AT_ONCE", "BLOCK", "CHUNK")
"""Names of numbers that bound memory: how much of the same is worked out at a time."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file and what it becomes there.

    Attributes:
        module: the file, from the root.
        line: counted from 1.
        column: counted from 0.
        operator: cosmic-ray's name of the change.
        number: of this change in the file, from 0.
    """

    module: str
    line: int
    column: int
    operator: str
    number: int


def wanted(operator: str) -> bool:
    """Whether a change is one that a person could have made."""
    name = operator.rpartition("/")[2]
    kind, _, rest = name.partition("_")
    if kind in ("ReplaceBinaryOperator", "ReplaceComparisonOperator"):
        old, _, new = rest.partition("_")
        return new in TURNED.get(old, ())
    if kind == "ReplaceUnaryOperator":
        return rest.startswith("Delete")
    return kind not in LEFT_OUT


def name_of(called: ast.expr) -> str:
    """The last word of what is called."""
    return getattr(called, "attr", getattr(called, "id", ""))


class Felt(ast.NodeTransformer):
    """Takes out of a program what no right call's result depends on, as types are."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        # How an argument may be given: the marks / and *.
        node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
        node.defaults = [*node.defaults, *filter(None, node.kw_defaults)]
        node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST | None:
        if any(name_of(decorator) == "overload" for decorator in node.decorator_list):
            return None
        node.returns = None
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        bounds = any(name_of(target).lstrip("_") in BOUNDS for target in node.targets)
        return None if bounds else self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        node.annotation = ast.Name("object")
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if "TYPE_CHECKING" in ast.dump(node.test) else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        unfelt = UNFELT.get(name_of(node.func), ())
        node.keywords = [word for word in node.keywords if word.arg not in unfelt]
        if name_of(node.func) == "cast":
            node.args = node.args[1:]
        return self.generic_visit(node)


def meaning(source: str) -> str:
    """A program without what its results cannot depend on; "" where it is none.

    >>> meaning("def f(x: int | None = 1): ...") == meaning("def f(x: int & None = 1): ...")
    True
    >>> meaning("def f(x: int = 1): ...") == meaning("def f(x: int = 2): ...")
    False
    >>> meaning("f(x for x in)")
    ''
    """
    try:
        return ast.dump(Felt().visit(ast.parse(source)))
    except SyntaxError:
        return ""


@cache
def meaning_of(path: Path) -> str:
    """The meaning of an unchanged file."""
    return meaning(path.read_text(encoding="utf-8"))


def changed(root: Path, place: Place) -> str:
    """The file's text with the change, or "" where the program stays the same or is none."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = (root / place.module).read_text(encoding="utf-8")
    text = mutate_code(source, get_operator(place.operator)(), place.number) or ""
    return text if meaning(text) not in ("", meaning_of(root / place.module)) else ""


def places(root: Path, module: str) -> Iterator[Place]:
    """All changes of one file."""
    from cosmic_ray.ast import ast_nodes, get_ast_from_path
    from cosmic_ray.plugins import get_operator, operator_names

    nodes = list(ast_nodes(get_ast_from_path(root / module)))
    for name in filter(wanted, operator_names()):
        kind = get_operator(name)
        if kind.arguments():
            continue
        spots = [spot for node in nodes for spot in kind().mutation_positions(node)]
        for number, ((line, column), _) in enumerate(spots):
            yield Place(module, line, column, name, number)


def modules_of(root: Path, rooms: Sequence[str]) -> list[str]:
    """The files of rooms, or files named themselves."""
    return [
        str(file.relative_to(root))
        for room in rooms
        for file in (
            sorted((root / "warpviz" / room).rglob("*.py"))
            if not room.endswith(".py")
            else [root / room]
        )
        if file.stem != "__init__"
    ]


def sampled(root: Path, rooms: Sequence[str], size: int, seed: int) -> tuple[list[Place], int]:
    """So many places of the rooms, each with one of its changes, and how many were left out.

    The same for the same seed. Left out are changes that make no other program.
    """
    by_place: dict[tuple[str, int, int], list[Place]] = {}
    for module in modules_of(root, rooms):
        for place in sorted(places(root, module)):
            by_place.setdefault((place.module, place.line, place.column), []).append(place)
    chance = random.Random(seed)
    order = sorted(by_place)
    chance.shuffle(order)
    chosen: list[Place] = []
    idle = 0
    for key in order:
        if len(chosen) == size:
            break
        place = chance.choice(by_place[key])
        if changed(root, place):
            chosen.append(place)
        else:
            idle += 1
    return chosen, idle
