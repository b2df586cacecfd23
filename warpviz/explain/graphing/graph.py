"""Computation graphs: of an expression and its derivatives, of values at a point, of the network.

All are plain nodes and edges, and text in the DOT language; the drawing is graphviz's.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from warpviz.arguments import kinds_checked
from warpviz.atomic import check_writable, replacing
from warpviz.colour import hexadecimal, mixed
from warpviz.errors import WarpvizError, visible
from warpviz.own_theme import ThemeLike, as_theme

DATE = re.compile(rb"(/CreationDate \(D:)\d{14}")
"""When it was drawn, which cairo writes into a PDF."""
SUFFIXES = (".svg", ".pdf", ".png", ".dot")
MOST_NODES = 20_000
SHOWN = 500
"""Nodes that a notebook draws by itself."""
SECONDS = 120
"""That graphviz may take."""


@dataclass(frozen=True)
class Node:
    """A node.

    Attributes:
        label: what it says.
        leaf: whether nothing leads to it.
        note: what is told when one points at it.
        at: where it stands, in inches; None leaves that to graphviz.
    """

    label: str
    leaf: bool = False
    note: str = ""
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Edge:
    """From a node to what it is made of, by number; `weight` colours and widens it, −1 … 1."""

    start: int
    end: int
    label: str = ""
    weight: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Remark:
    """Words that stand somewhere, in inches, and are no node."""

    text: str
    at: tuple[float, float]


@dataclass(eq=False, repr=False)
class Graph:
    """Nodes and edges; in a notebook the drawing, where graphviz is installed.

    Attributes:
        nodes: in the order in which they were met.
        edges: from whole to part for expressions, from input to output for networks.
        across: whether it is drawn from left to right.
        remarks: words beside them.
        title: a sentence below all.
        pen: how wide the heaviest edge is, in points.
    """

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    across: bool = False
    remarks: list[Remark] = field(default_factory=list)
    title: str = ""
    pen: float = 4.0

    def __repr__(self) -> str:
        return f"<Graph of {len(self.nodes)} nodes, {len(self.edges)} edges>"

    def _repr_svg_(self) -> str | None:
        if shutil.which("dot") is None or len(self.nodes) > SHOWN:
            return None
        return _drawn(self.dot().encode(), "svg", Path("the graph")).decode()

    @kinds_checked
    def add(
        self,
        label: str,
        leaf: bool = False,
        note: str = "",
        at: tuple[float, float] | None = None,
    ) -> int:
        """Add a node and return its number."""
        if len(self.nodes) >= MOST_NODES:
            raise WarpvizError(
                f"The graph has more than {MOST_NODES:,} nodes; draw one output, a smaller model, "
                "or share equal parts with share (--share)."
            )
        self.nodes.append(Node(label, leaf, note, at))
        return len(self.nodes) - 1

    @kinds_checked
    def dot(self, theme: ThemeLike = "light") -> str:
        """The graph in the DOT language; `theme` is a name of `THEMES`."""
        look = _look(theme)
        placed = any(node.at for node in self.nodes)
        how = "layout=neato, splines=line, outputorder=edgesfirst" if placed else ""
        how = how or f"rankdir={'LR' if self.across else 'TB'}"
        title = f", label={_quoted(self.title)}, fontsize=12" if self.title else ""
        lines = [
            "digraph {",
            f'  graph [{how}, bgcolor="{look["back"]}", fontname="Helvetica", '
            f'fontcolor="{look["ink"]}"{title}];',
            f'  node [fontname="Helvetica", fontcolor="{look["ink"]}", color="{look["muted"]}", '
            "style=filled];",
            f'  edge [fontname="Helvetica", fontsize=10, fontcolor="{look["muted"]}", '
            f'color="{look["muted"]}"];',
        ]
        lines += [self._node(place, node, look) for place, node in enumerate(self.nodes)]
        # What is heavy lies on top.
        heavier = sorted(self.edges, key=lambda edge: abs(edge.weight or 0.0))
        lines += [self._edge(edge, look) for edge in (heavier if placed else self.edges)]
        for place, remark in enumerate(self.remarks):
            told = [_place(remark.at), "shape=box, margin=0.02, width=0, height=0, fontsize=10"]
            told += [f'penwidth=0, fillcolor="{look["back"]}"']
            lines.append(f"  r{place} [label={_quoted(remark.text)}, {', '.join(told)}];")
        return "\n".join([*lines, "}", ""])

    def _node(self, place: int, node: Node, look: dict[str, str]) -> str:
        told = ['shape=box, style="filled,rounded"' if self.across else "shape=ellipse"]
        if node.at is not None:
            told = ["shape=circle, fixedsize=true, width=0.56, fontsize=11", _place(node.at)]
        if node.note:
            told.append(f"tooltip={_quoted(node.note)}")
        fill = look["leaf" if node.leaf else "fill"]
        return f'  n{place} [label={_quoted(node.label)}, {", ".join(told)}, fillcolor="{fill}"];'

    def _edge(self, edge: Edge, look: dict[str, str]) -> str:
        told = [f"label={_quoted(edge.label)}"] if edge.label else []
        if edge.note:
            told.append(f"tooltip={_quoted(edge.note)}")
        if edge.weight is not None:
            size = abs(edge.weight)
            told.append(f"penwidth={0.3 + self.pen * size:.2f}")
            colour = look["minus" if edge.weight < 0 else "plus"]
            told.append(f'color="{colour}{round(90 + 165 * size):02x}"')
        if self.nodes[edge.start].at is not None:
            told.append("arrowhead=none")
        kept = f" [{', '.join(told)}]" if told else ""
        return f"  n{edge.start} -> n{edge.end}{kept};"

    @kinds_checked
    def save(self, path: str | Path, *, theme: ThemeLike = "light") -> Path:
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


def _place(at: tuple[float, float]) -> str:
    return f'pos="{at[0]:.3f},{at[1]:.3f}!"'


def _look(name: ThemeLike) -> dict[str, str]:
    """A theme's colours as DOT takes them."""
    colours = as_theme(name)
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
            ["dot", f"-T{kind}"], input=text, capture_output=True, timeout=SECONDS, check=False,
            env={**os.environ, "SOURCE_DATE_EPOCH": "0", "TZ": "UTC0"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise WarpvizError(
            f"Cannot draw {path}: graphviz took more than {SECONDS} seconds; draw less of the "
            "graph, or write a .dot."
        ) from None
    if done.returncode:
        raise WarpvizError(f"Cannot draw {path}: {done.stderr.decode(errors='replace')[:200]}.")
    # The same graph is the same file on any day; of a PDF all places stay as they are.
    return DATE.sub(rb"\g<1>19700101000000", done.stdout)


def _quoted(text: str) -> str:
    lines = (visible(line).replace("\\", "\\\\").replace('"', '\\"') for line in text.split("\n"))
    return '"' + "\\n".join(lines) + '"'
