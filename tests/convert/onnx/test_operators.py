"""Single operators, against ONNX's own node tests and onnxruntime."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases

import warpviz as wv
from tests.convert.onnx.graphs import graph, run, single
from warpviz.convert.onnx.reading import stored_of
from warpviz.convert.onnx.steps import STEPS
from warpviz.errors import WarpvizError

X = single(np.random.default_rng(0).normal(size=(50, 3)))


IN_GRAPHS = {"Transpose", "Scaler", "LinearClassifier", "LinearRegressor"}
"""Operators that are tested in whole graphs: test_walk, test_graph."""


def node_tests() -> list[Any]:
    """ONNX's own tests of single nodes, of the operators that are claimed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cases = collect_testcases()
    return [
        case
        for case in cases
        if case.model is not None
        and case.data_sets is not None
        and len(case.model.graph.node) == 1
        and case.model.graph.node[0].op_type in set(STEPS) - IN_GRAPHS
        and case.model.graph.node[0].domain == ""
        and "cast" not in case.name  # of number formats that NumPy has not
    ]


def translated(case: Any) -> str:
    """Check one of ONNX's own tests; the operator, or "" where its model is refused."""
    model = onnx.ModelProto()
    model.CopyFrom(case.model)
    inputs, expected = case.data_sets[0]
    x, y = np.asarray(inputs[0]), np.asarray(expected[0])
    try:
        for one, value in zip(list(model.graph.input)[1:], inputs[1:], strict=True):
            model.graph.initializer.append(numpy_helper.from_array(np.asarray(value), one.name))
        chain = stored_of(model).chain
    except (WarpvizError, AttributeError, TypeError) as error:
        # What is not rows of numbers, or takes sequences: most of what is tested there.
        assert isinstance(error, WarpvizError) or x.dtype == object or len(inputs) > 1, case.name
        return ""
    turned = any(one.name == "transA" and one.i for one in model.graph.node[0].attribute)
    got = chain((x.T if turned else x).reshape(-1, chain.widths[0]).astype(float))
    close = 1e-3 if np.float16 in (x.dtype, y.dtype) else 1e-5
    close = 1e-2 if "bfloat16" in case.name else close
    np.testing.assert_allclose(got, y.reshape(got.shape), rtol=close, atol=1e-6, err_msg=case.name)
    return str(model.graph.node[0].op_type)


# One test of them all: to ask ONNX for their names takes as long as to run them.
@pytest.mark.slow
def test_the_operators_own_tests_come_out_right_or_are_refused() -> None:
    cases = node_tests()
    assert len(cases) > 50
    # Their own tests of the others are of channels and of constants that are no rows: ours below.
    assert set(STEPS) - {translated(case) for case in cases} <= set(IN_ROWS) | IN_GRAPHS


ROW = single([0.5, -2.0, 3.0])
IN_ROWS: dict[str, list[tuple[list[str], dict[str, Any]]]] = {
    "Add": [(["x", "row"], {}), (["row", "x"], {}), (["x", "one"], {})],
    "Sub": [(["x", "row"], {}), (["row", "x"], {}), (["one", "x"], {})],
    "Mul": [(["x", "row"], {}), (["one", "x"], {})],
    "Div": [(["x", "row"], {}), (["x", "one"], {})],
    "MatMul": [(["x", "matrix"], {})],
    "PRelu": [(["x", "one"], {})],
    "Reshape": [(["x", "shape"], {})],
    "Cast": [(["x"], {"to": TensorProto.FLOAT})],
    "BatchNormalization": [(["x", "row", "row", "row", "positive"], {"epsilon": 0.1})],
}


@pytest.mark.parametrize("kind", IN_ROWS)
def test_operators_on_rows_as_onnxruntime_has_them(kind: str, tmp_path: Path) -> None:
    weights = {
        "row": ROW, "one": single([1.5]), "positive": ROW**2,
        "shape": np.array([-1, 3], dtype=np.int64),
        "matrix": single([[1, 2], [3, 4], [5, -6]]),
    }  # fmt: skip
    for inputs, given in IN_ROWS[kind]:
        node = helper.make_node(kind, inputs, ["y"], **given)
        used = {name: value for name, value in weights.items() if name in inputs}
        (tmp_path / "m.onnx").write_bytes(graph(node, weights=used, width=3).SerializeToString())
        got = wv.load_model(tmp_path / "m.onnx")(X)
        np.testing.assert_allclose(got, run(tmp_path / "m.onnx", X), rtol=1e-5, atol=1e-6)
