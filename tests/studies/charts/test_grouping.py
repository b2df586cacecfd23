from typing import Any

import numpy as np
import pytest

from warpviz import WarpvizError
from warpviz.studies.charts.grouping import chart_of

COLUMNS = {"fold": {"meaning": "A fold.", "unit": "share 0 … 1", "source": ""}}


def frame(**columns: Any) -> Any:
    pd = pytest.importorskip("pandas")
    return pd.DataFrame(columns)


def networks() -> Any:
    """Six networks of two activations at two epochs and stops."""
    rows = [
        (run, "rings", "4", "relu" if run < 3 else "tanh", epoch, stop)
        for run in range(6)
        for epoch in (0, 10)
        for stop in (0, 1)
    ]
    run, data, layers, activation, epoch, stop = map(list, zip(*rows, strict=True))
    number = np.array(run) + 10.0 * np.array(epoch) + 0.25 * np.array(stop)
    return frame(
        run=run, data=data, layers=layers, activation=activation, epoch=epoch, stop=stop,
        number=number, fold=np.array(run) / 10, truth=np.array(run) % 3 == 0,
    )  # fmt: skip


def test_ribbons_are_medians_and_quartiles_at_the_last_stop() -> None:
    chart = chart_of(networks(), COLUMNS, "epoch", "number", "activation")
    ((title, (relu, tanh)),) = chart.panels
    assert (chart.kind, title, relu.name, tanh.name) == ("ribbon", "", "relu", "tanh")
    assert relu.x.tolist() == [0, 10] and relu.counts.tolist() == [3, 3]
    assert relu.middle.tolist() == [1.25, 101.25] and relu.low.tolist() == [0.75, 100.75]
    assert tanh.high.tolist() == [4.75, 104.75]
    assert "at the last stop" in chart.where


def test_truth_is_a_share_with_wilsons_interval() -> None:
    chart = chart_of(networks(), COLUMNS, "activation", "truth", None, stop=0)
    ((_, (line,)),) = chart.panels
    assert (chart.kind, chart.names) == ("points", ("relu", "tanh")) and chart.shares
    np.testing.assert_allclose(line.middle, [1 / 3, 1 / 3])
    # Of 1 in 3, by scipy's binomtest(1, 3).proportion_ci(method="wilson").
    np.testing.assert_allclose((line.low[0], line.high[0]), (0.06149194, 0.79234040), atol=1e-8)


def test_two_measures_are_a_dot_a_network() -> None:
    chart = chart_of(networks(), COLUMNS, "fold", "number", "activation", epoch=0, stop=1)
    ((_, lines),) = chart.panels
    assert chart.kind == "scatter"
    assert [run for line in lines for run in line.runs] == [0, 1, 2, 3, 4, 5]
    assert lines[1].middle.tolist() == [3.25, 4.25, 5.25]
    assert len(chart.table()) == 6 and chart.table()[4]["run"] == 4


def test_heat_has_a_line_a_stop() -> None:
    chart = chart_of(networks(), COLUMNS, "epoch", "truth", None, kind="heat", panels="activation")
    assert [title for title, _ in chart.panels] == ["relu", "tanh"]
    assert [line.name for line in chart.panels[0][1]] == ["0", "1"]


def test_the_last_stop_is_each_networks_own_where_the_measure_is_known() -> None:
    rows = networks()
    rows.loc[(rows.run == 2) & (rows.stop == 1), "number"] = np.nan
    chart = chart_of(rows, COLUMNS, "fold", "number", None, epoch=0)
    ((_, (line,)),) = chart.panels
    assert line.middle.tolist() == [0.25, 1.25, 2.0, 3.25, 4.25, 5.25]


@pytest.mark.parametrize(
    "given",
    [
        {"y": "folds"}, {"x": "epochs"}, {"by": "kind"}, {"panels": "seeds"}, {"y": "activation"},
        {"kind": "bars"}, {"stop": 7}, {"epoch": 3, "x": "stop"}, {"where": {"layer": 1}},
        {"where": {"activation": "gelu"}},
    ],
)  # fmt: skip
def test_what_there_is_not_is_told(given: dict[str, Any]) -> None:
    chosen: dict[str, Any] = {"x": "epoch", "y": "number", "by": "activation", **given}
    with pytest.raises(WarpvizError):
        chart_of(networks(), COLUMNS, **chosen)


def test_more_than_can_be_told_apart_is_refused() -> None:
    many = frame(
        run=range(13), data="rings", layers="4", activation=[f"a{k}" for k in range(13)], epoch=0,
        stop=0, number=0.5,
    )  # fmt: skip
    with pytest.raises(WarpvizError, match="at most 12 lines"):
        chart_of(many, {}, "epoch", "number", "activation")
    with pytest.raises(WarpvizError, match="at most 12 panels"):
        chart_of(many, {}, "epoch", "number", None, panels="activation")
