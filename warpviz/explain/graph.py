"""Computation graphs: of an expression and its derivatives, of values at a point, of the network.

All are plain nodes and edges, and text in the DOT language; the drawing is graphviz's.
"""

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from warpviz.atomic import check_writable, replacing
from warpviz.colour import hexadecimal, mixed
from warpviz.errors import WarpvizError
from warpviz.theme import theme as theme_named

SUFFIXES = (".svg", ".pdf", ".png", ".dot")
MOST_NODES = 20_000
SECONDS = 120
"""That graphviz may take."""


@dataclass(frozen=True)
class Node:
    """A node: its label, and whether it is a leaf."""

    label: str
    leaf: bool = False


@dataclass(frozen=True)
class Edge:
    """From a node to what it is made of, by number; `weight` colours and widens it, −1 … 1."""

    start: int
    end: int
    label: str = ""
    weight: float | None = None


@dataclass(eq=False)
class Graph:
    """Nodes and edges.

    Attributes:
        nodes: in the order in which they were met.
        edges: from whole to part for expressions, from input to output for networks.
        across: whether it is drawn from left to right.
    """

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    across: bool = False

    def add(self, label: str, leaf: bool = False) -> int:
        """Add a node and return its number."""
        if len(self.nodes) >= MOST_NODES:
            raise WarpvizError(
                f"The graph has more than {MOST_NODES:,} nodes; draw one output, a smaller model, "
                "or share equal parts with share (--share)."
            )
        self.nodes.append(Node(label, leaf))
        return len(self.nodes) - 1

    def dot(self, theme: str = "light") -> str:
        """The graph in the DOT language; `theme` is a name of `THEMES`."""
        look = _look(theme)
        lines = [
            "digraph {",
            f'  graph [rankdir={"LR" if self.across else "TB"}, bgcolor="{look["back"]}"];',
            f'  node [fontname="Helvetica", fontcolor="{look["ink"]}", color="{look["muted"]}", '
            "style=filled];",
            f'  edge [fontname="Helvetica", fontsize=10, fontcolor="{look["muted"]}", '
            f'color="{look["muted"]}"];',
        ]
        for place, node in enumerate(self.nodes):
            shape = "circle" if self.across and not node.leaf else "ellipse"
            fill = look["leaf" if node.leaf else "fill"]
            lines.append(
                f'  n{place} [label={_quoted(node.label)}, shape={shape}, fillcolor="{fill}"];'
            )
        for edge in self.edges:
            told = [f"label={_quoted(edge.label)}"] if edge.label else []
            if edge.weight is not None:
                told.append(f"penwidth={0.3 + 4 * abs(edge.weight):.2f}")
                told.append(f'color="{look["minus" if edge.weight < 0 else "plus"]}"')
            kept = f" [{', '.join(told)}]" if told else ""
            lines.append(f"  n{edge.start} -> n{edge.end}{kept};")
        return "\n".join([*lines, "}", ""])

    def save(self, path: str | Path, *, theme: str = "light") -> Path:
        """Write the graph; .svg, .pdf and .png are drawn by graphviz, .dot needs nothing.

        Raises:
            WarpvizError: for another suffix or theme, a path that cannot be written, or without
                graphviz.
        """
        path = Path(path)
        check_graph(path)
        text = self.dot(theme).encode()
        suffix = path.suffix.lower()
        made = text if suffix == ".dot" else _drawn(text, suffix[1:], path)
        with replacing(path) as draft:
            draft.write_bytes(made)
        return path


def _look(name: str) -> dict[str, str]:
    """A theme's colours as DOT takes them."""
    colours = theme_named(name)
    ground, classes = colours.background, colours.classes
    look = {
        "ink": colours.text, "muted": colours.muted, "back": ground,
        "fill": mixed(ground, colours.line, 0.08), "leaf": mixed(ground, classes[0], 0.18),
        "plus": classes[1 % len(classes)], "minus": classes[0],
    }  # fmt: skip
    return {part: hexadecimal(colour) for part, colour in look.items()}


def check_graph(path: Path) -> None:
    """Tell before any work whether a graph can be written there.

    Raises:
        WarpvizError: for another suffix, a path that cannot be written, or without graphviz.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise WarpvizError(f"A graph is written as {', '.join(SUFFIXES)}, got '{path}'.")
    check_writable(path)
    if suffix != ".dot" and shutil.which("dot") is None:
        raise WarpvizError(
            f"Cannot draw {path}: graphviz's program dot is not installed (Debian: apt install "
            "graphviz); or write a .dot, which needs none."
        )


def _drawn(text: bytes, kind: str, path: Path) -> bytes:
    try:
        done = subprocess.run(
            ["dot", f"-T{kind}"], input=text, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise WarpvizError(
            f"Cannot draw {path}: graphviz took more than {SECONDS} seconds; draw less of the "
            "graph, or write a .dot."
        ) from None
    if done.returncode:
        raise WarpvizError(f"Cannot draw {path}: {done.stderr.decode(errors='replace')[:200]}.")
    return done.stdout


def _quoted(text: str) -> str:
    clean = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{clean}"'
