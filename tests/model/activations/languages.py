"""Activations in every language, and how far apart they come out.

`python -m tests.model.activations.languages` prints the worst disagreement of each.
"""

import json
import math
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from scipy.special import log_expit, log_ndtr  # type: ignore[import-untyped]

from warpviz.arrays import Floats
from warpviz.convert.onnx.writing import onnx_bytes
from warpviz.functions import value
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation
from warpviz.model.to_torch import module_of
from warpviz.player.engine import engine_source

FORMULAS = (
    "z*tanh(log(1 + exp(z)))", "max(z, -0.3*z)", "wave=sin(2*z)/2 + z/2", "z**2/9", "exp(-z**2)",
    "log1p(abs(z)) + expm1(min(z, 0))", "sqrt(1 + z**2)*cos(z)", "z*sigmoid(1.702*z)",
    "where(z >= 1, relu(z), clip(z, -2, 0))", "abs(z)/(1 + abs(z))", "softplus(z - 1)",
)  # fmt: skip
WITH_NUMBERS = (
    "leaky_relu:0.2", "prelu:-0.5", "elu:0.5", "celu:2", "softplus:2", "hardtanh:-2:0.5",
    "hardsigmoid:0.2", "softshrink:1", "hardshrink:1", "threshold:-0.5:2",
)  # fmt: skip
NAMES = (*ACTIVATIONS, *WITH_NUMBERS, *FORMULAS)
KINKS = sorted({at for name in NAMES for at in ACTIVATIONS[name].branches})
POINTS = np.concatenate(
    [np.linspace(-40, 40, 8_001), np.linspace(-3, 3, 2_001), KINKS, [0.0, -0.0, 40.0, -40.0]]
)


def by_numpy(names: Sequence[str], folder: Path) -> list[Floats]:
    """What the faster functions give."""
    return [ACTIVATIONS[name].f(POINTS) for name in names]


def by_python(names: Sequence[str], folder: Path) -> list[Floats]:
    """What source code for Python gives."""
    space = {"np": np, "math": math, "z": POINTS}
    with np.errstate(all="ignore"):
        found = [eval(ACTIVATIONS[name].source("python"), space) for name in names]
    return [np.broadcast_to(each, POINTS.shape) for each in found]


def by_c(names: Sequence[str], folder: Path) -> list[Floats]:
    """What a compiled program gives."""
    functions = "\n".join(
        f"static double f{i}(double z) {{ return {ACTIVATIONS[name].source('c')}; }}"
        for i, name in enumerate(names)
    )
    calls = " ".join(f'printf("%.17g\\n", f{i}(z));' for i in range(len(names)))
    (folder / "f.c").write_text(
        f"#include <math.h>\n#include <stdio.h>\n{functions}\n"
        f'int main(void) {{ double z; while (scanf("%lf", &z) == 1) {{ {calls} }} return 0; }}\n'
    )
    flags = ["-std=c99", "-O1", "-Wall", "-Wextra", "-Werror", "-pedantic"]
    subprocess.run(["gcc", *flags, folder / "f.c", "-o", folder / "f", "-lm"], check=True)
    given = "\n".join(map(repr, POINTS.tolist()))
    told = subprocess.run([folder / "f"], input=given, capture_output=True, text=True, check=True)
    return list(np.array(told.stdout.split(), dtype=float).reshape(len(POINTS), len(names)).T)


def by_javascript(names: Sequence[str], folder: Path) -> list[Floats]:
    """What the player's engine gives in Node.js."""
    script = (
        f"{engine_source(names)}\nconst z = JSON.parse(require('fs').readFileSync(0), (_, x) => "
        "x === '-0' ? -0 : x);\n"
        "console.log(JSON.stringify(Object.values(ACTIVATIONS).map((f) => z.map((x) => f(x, 0)))));"
    )
    (folder / "f.cjs").write_text(script, encoding="utf-8")
    points = ["-0" if z == 0 and math.copysign(1, z) < 0 else z for z in POINTS.tolist()]
    told = subprocess.run(
        ["node", folder / "f.cjs"], input=json.dumps(points), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return [np.array(column, dtype=float) for column in json.loads(told.stdout)]


def by_torch(names: Sequence[str], folder: Path) -> list[Floats]:
    """What modules of PyTorch give in double precision."""
    import torch

    with torch.no_grad():
        z = torch.tensor(POINTS)[:, None]
        return [
            module_of([Activation(name)]).double()(z).numpy()[:, 0].astype(float) for name in names
        ]


def by_onnxruntime(names: Sequence[str], folder: Path) -> list[Floats]:
    """What ONNX files give, in single precision."""
    import onnxruntime

    z = POINTS.astype(np.float32)[:, None]
    found = []
    for name in names:
        data = onnx_bytes(Chain([Activation(name)], width=1))
        (each,) = onnxruntime.InferenceSession(data).run(None, {"x": z})
        found.append(np.asarray(each[:, 0], dtype=float))
    return found


LANGUAGES: dict[str, Callable[[Sequence[str], Path], list[Floats]]] = {
    "numpy": by_numpy, "python": by_python, "c": by_c, "javascript": by_javascript,
    "torch": by_torch, "onnxruntime": by_onnxruntime,
}  # fmt: skip
CLOSE = {"onnxruntime": 2e-5, "torch": 2e-10}
"""Single precision, whose exp(z) − 1 loses digits near 0; PyTorch's softplus is straight
from 20 on. All others agree to 1e-12."""
CANCELLING = ("tanhshrink", "log1p(abs(z)) + expm1(min(z, 0))")
"""They take nearly equal numbers from each other near 0, where a last digit of each is 2e-11."""


TINY = 1e-294
"""Differences of a 1e-12th of it are free: at 1e-306 the exponential on the way overflows."""
STABLE: dict[str, Callable[[Floats], Floats]] = {
    "gelu": lambda z: z * np.exp(log_ndtr(z)),
    "gelu_tanh": lambda z: z * np.exp(log_expit(math.sqrt(8 / math.pi) * (z + 0.044715 * z**3))),
}
"""Their formulas take 1 from nearly 1 far left, where these keep all digits."""


def disagreement(name: str, found: Floats, language: str) -> float:
    """The largest difference from the formula, over its size.

    In the runtimes' own operators, which take nearly equal numbers from each other far left, over
    the size of the numbers that it is made of.
    """
    single = language == "onnxruntime"
    at = POINTS.astype(np.float32).astype(float) if single else POINTS
    if name in STABLE:
        expected = STABLE[name](at)
    else:
        expected = value(ACTIVATIONS[name].node("numbers"), at)
    size = np.maximum(np.abs(expected), TINY)
    if language in CLOSE:
        # Below, what a sum of 1 and its like rounds off, and nothing else, is left to differ.
        size = np.maximum(size, np.minimum(np.abs(at), 1.0) if single else 0.0)
        size = np.maximum(size, np.abs(at) * (1e-4 if not single else 1e-2))
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.abs(found - expected) / size
    return float(np.nanmax(np.where(found == expected, 0.0, apart)))


def table() -> dict[str, dict[str, float]]:
    """Activation → language → the worst disagreement."""
    rows: dict[str, dict[str, float]] = {name: {} for name in NAMES}
    with TemporaryDirectory() as folder:
        for language, compute in LANGUAGES.items():
            for name, found in zip(NAMES, compute(NAMES, Path(folder)), strict=True):
                rows[name][language] = disagreement(name, found, language)
    return rows


def main() -> None:
    """Print the table."""
    rows: Any = table()
    print(f"{'activation':42}", *(f"{language:>12}" for language in LANGUAGES))
    for name, row in rows.items():
        print(f"{name:42}", *(f"{row[language]:12.1e}" for language in LANGUAGES))


if __name__ == "__main__":
    main()
