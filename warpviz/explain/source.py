"""A chain as source code that needs no warpviz: a module for numpy, or a function in C."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.atomic import check_writable, replacing
from warpviz.convert import to_chain
from warpviz.errors import WarpvizError, visible
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Softmax, steps_of
from warpviz.model.letters import Walk
from warpviz.model.residual import Add, Keep
from warpviz.version import __version__

SUFFIXES = (".py", ".c")


def check_source(path: Path) -> None:
    """Tell before any work whether source code can be written there.

    Raises:
        WarpvizError: for another suffix, or a path that cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise WarpvizError(f"Source code is written as {' or '.join(SUFFIXES)}, got '{path}'.")
    check_writable(path)


@kinds_checked
def export(chain: Chain | Any, path: str | Path, *, class_names: Sequence[str] = ()) -> Path:
    """Write a chain as a numpy module (.py) or a function in C (.c) that gives the same numbers.

    Args:
        chain: a model that `to_chain` takes.
        path: ends in .py or .c.
        class_names: told in a comment.

    Returns:
        The path.

    Raises:
        WarpvizError: for another suffix, or a path that cannot be written.
    """
    chain, class_names = to_chain(chain), tuple(class_names)
    path = Path(path)
    check_source(path)
    write = python_source if path.suffix.lower() == ".py" else c_source
    text = write(chain, class_names)
    with replacing(path) as draft:
        draft.write_text(text, "utf-8", newline="\n")
    return path


def _about(chain: Chain, class_names: Sequence[str]) -> str:
    names = f" Outputs: {', '.join(map(visible, class_names))}." if class_names else ""
    # Nothing ends the comment or the text around it, or escapes from a line.
    clean = names.replace("\\", "/").replace('"', "'").replace("*/", "* /")
    widths = "-".join(map(str, [chain.widths[0], *(_outs(chain))]))
    return f"A network of widths {widths}, written by warpviz {__version__}.{clean}"


def _outs(chain: Chain) -> list[int]:
    return [layer.n_out for layer in steps_of(chain) if isinstance(layer, Dense)]


def _used(chain: Chain) -> list[str]:
    """Activations in the order of their first use."""
    names = [
        layer.activation if isinstance(layer, Dense) else layer.name
        for layer in steps_of(chain)
        if isinstance(layer, Dense | Activation)
    ]
    return [name for name in dict.fromkeys(names) if name != "identity"]


def _functions(chain: Chain) -> dict[str, str]:
    """An identifier for each activation: leaky_relu:0.2 is leaky_relu_0_2."""
    found: dict[str, str] = {"identity": ""}
    for number, name in enumerate(_used(chain), 1):
        label = ACTIVATIONS[name].label
        plain = re.fullmatch(r"[a-z_]\w*(:[-+.\w]+)*", label, re.ASCII | re.IGNORECASE)
        word = re.sub(r"\W", "_", label.replace("-", "minus")) if plain else f"activation_{number}"
        found[name] = f"{word}_{number}" if word in found.values() else word
    return found


def python_source(chain: Chain, class_names: Sequence[str] = ()) -> str:
    """A module with `predict(x)`, (N, n_in) → (N, n_out)."""
    functions = _functions(chain)
    needs_math = any("math." in ACTIVATIONS[name].source("python") for name in _used(chain))
    lines = [f'"""{_about(chain, class_names)} It needs numpy alone."""', ""]
    lines += ["import math", ""] if needs_math else []
    lines += ["import numpy as np", ""]
    body = ["    h = np.asarray(x, dtype=float)"]
    kept = 0
    for number, layer in enumerate(steps_of(chain), 1):
        if isinstance(layer, Keep):
            kept += 1
            body.append(f"    x{kept} = h")
        elif isinstance(layer, Add):
            body.append(f"    h = x{kept} + h")
            kept -= 1
        elif isinstance(layer, Dense):
            lines += [f"W{number} = np.array({_rows(layer.weight)})"]
            lines += [f"b{number} = np.array({_row(layer.bias)})", ""]
            inner = f"h @ W{number}.T + b{number}"
            act = functions[layer.activation]
            body.append(f"    h = {f'{act}({inner})' if act else inner}")
        elif isinstance(layer, Softmax):
            body.append(f"    h = {'log_' if layer.log else ''}softmax(h)")
        elif layer.name != "identity":
            body.append(f"    h = {functions[layer.name]}(h)")
    for name in _used(chain):
        made = ACTIVATIONS[name].source("python")
        lines += ["", f"def {functions[name]}(z):", f"    return {made}", ""]
    for log in (False, True):
        if any(isinstance(one, Softmax) and one.log == log for one in steps_of(chain)):
            lines += ["", f"def {'log_' if log else ''}softmax(z):"]
            lines += ["    z = z - z.max(axis=1, keepdims=True)"]
            total = "np.exp(z).sum(axis=1, keepdims=True)"
            lines += [
                f"    return z - np.log({total})" if log else f"    return np.exp(z) / {total}",
                "",
            ]
    lines += ["", "def predict(x):"]
    lines += [f'    """Rows (N, {chain.widths[0]}) to rows (N, {chain.widths[-1]})."""', *body]
    return "\n".join([*lines, "    return h", ""])


def _row(values: np.ndarray) -> str:
    return f"[{', '.join(map(repr, values.tolist()))}]"


def _rows(values: np.ndarray) -> str:
    rows = ",\n    ".join(_row(row) for row in values)
    return f"[\n    {rows},\n]"


def c_source(chain: Chain, class_names: Sequence[str] = ()) -> str:
    """One function in C99, `void predict(const double x[n_in], double y[n_out])`."""
    walk, functions = Walk.of(chain), _functions(chain)
    widths = walk.widths
    lines = [f"/* {_about(chain, class_names)} Link with -lm. */", "", "#include <math.h>", ""]
    for name in _used(chain):
        unit = ", int i" if ACTIVATIONS[name].units else ""
        lines += [
            f"static double {functions[name]}_(double z{unit}) {{",
            f"    return {ACTIVATIONS[name].source('c')};",
            "}",
            "",
        ]
    lines += [f"void predict(const double x[{widths[0]}], double y[{widths[-1]}]) {{"]
    widest = max(widths)
    lines += [f"    double h[{widest}], next[{widest}];", "    int i, j;"]
    lines += [f"    for (i = 0; i < {widths[0]}; i++) h[i] = x[i];"]
    for number, layer in enumerate(walk.steps, 1):
        wide = widths[number - 1]
        if isinstance(layer, Keep):
            lines += [
                f"    double x{number}[{wide}];",
                f"    for (i = 0; i < {wide}; i++) x{number}[i] = h[i];",
            ]
        elif isinstance(layer, Add):
            kept = walk.kept(number - 1) + 1
            lines.append(f"    for (i = 0; i < {wide}; i++) h[i] += x{kept}[i];")
        else:
            lines += _c_layer(layer, number, wide, widths[number], functions)
    lines += [f"    for (i = 0; i < {widths[-1]}; i++) y[i] = h[i];"]
    unused = "" if _outs(chain) else "    (void)next;\n    (void)j;\n"
    return "\n".join(lines) + "\n" + unused + "}\n"


def _c_layer(
    layer: object, number: int, wide: int, out: int, functions: Mapping[str, str]
) -> list[str]:
    if isinstance(layer, Dense):
        rows = ",\n        ".join(f"{{{_row(row)[1:-1]}}}" for row in layer.weight)
        act = functions[layer.activation]
        place = ", i" if layer.function.units else ""
        value = f"{act}_(sum{place})" if act else "sum"
        return [
            f"    static const double W{number}[{out}][{wide}] = {{\n        {rows}}};",
            f"    static const double b{number}[{out}] = {{{_row(layer.bias)[1:-1]}}};",
            f"    for (i = 0; i < {out}; i++) {{",
            f"        double sum = b{number}[i];",
            f"        for (j = 0; j < {wide}; j++) sum += W{number}[i][j] * h[j];",
            f"        next[i] = {value};",
            "    }",
            f"    for (i = 0; i < {out}; i++) h[i] = next[i];",
        ]
    if isinstance(layer, Softmax):
        last = "h[i] - most - log(total)" if layer.log else "exp(h[i] - most) / total"
        return [
            "    {",
            "        double most = h[0], total = 0.0;",
            f"        for (i = 1; i < {wide}; i++) most = h[i] > most ? h[i] : most;",
            f"        for (i = 0; i < {wide}; i++) total += exp(h[i] - most);",
            f"        for (i = 0; i < {wide}; i++) h[i] = {last};",
            "    }",
        ]
    assert isinstance(layer, Activation)
    if layer.name == "identity":
        return []
    place = ", i" if layer.function.units else ""
    return [f"    for (i = 0; i < {wide}; i++) h[i] = {functions[layer.name]}_(h[i]{place});"]
