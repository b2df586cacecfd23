import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks.check import fallen, ratios
from tests.benchmarks.measure import ROOT

PAGE = command.PAGE.read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLES = """
| what | s | times as fast | target |
| --- | ---: | ---: | ---: |
| a film | 30.0 | **{fast}** | ≥ 8 |

| what | s | × time | × memory |
| --- | ---: | ---: | ---: |
| 10 × the dots | 1.9 | {time} | {memory} |

Made on a machine | with a bar.
"""


def tables(fast: float = 9.0, time: float = 3.0, memory: float = 1.5) -> str:
    return TABLES.format(fast=fast, time=time, memory=memory)


def test_the_pages_own_figures_are_read() -> None:
    found = list(ratios(PAGE))
    assert len([name for _, name, _ in found if name == "times as fast"]) >= 4
    assert {name for _, name, _ in found} == {"times as fast", "× time", "× memory"}
    assert all(figure > 0 for _, _, figure in found)
    assert fallen(PAGE, PAGE) == []


def test_the_readme_has_the_pages_first_table() -> None:
    whole, part = (command.BLOCK.search(text) for text in (PAGE, README))
    assert whole is not None and part is not None
    tables, first = (found[0].removeprefix(found[1]) for found in (whole, part))
    assert first.removesuffix(part[2]) == command.extract(tables)


@pytest.mark.parametrize(
    ("now", "lost"),
    [
        (tables(), []),
        (tables(fast=6.1, time=4.4, memory=2.2), []),
        (tables(fast=90.0, time=0.1, memory=0.1), []),
        (tables(fast=5.9), ["a film: times as fast was 9, is 5.9."]),
        (tables(time=4.6), ["10 × the dots: × time was 3, is 4.6."]),
        (tables(memory=2.3), ["10 × the dots: × memory was 1.5, is 2.3."]),
    ],
)
def test_more_than_a_third_lost_is_told(now: str, lost: list[str]) -> None:
    assert fallen(tables(), now) == lost


def test_nothing_to_compare_is_no_pass() -> None:
    with pytest.raises(ValueError, match="no ratio in common"):
        fallen(tables(), tables().replace("a film", "another").replace("10 ×", "20 ×"))


@pytest.mark.parametrize("kept", [0.9, 0.3])
def test_the_command_fails_where_a_figure_has_fallen(
    kept: float, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    what, name, figure = next(ratios(PAGE))
    now = f"| what | {name} |\n| --- | ---: |\n| {what} | **{kept * figure}** |\n"
    monkeypatch.setattr(command, "report", lambda sizes, parts: now)
    monkeypatch.setattr("sys.argv", ["benchmarks", "--check"])
    if kept > 0.5:
        command.main()
        return
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 1
    assert f"{what}: {name} was {figure:g}, is" in capsys.readouterr().err


def test_tiny_sizes_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", "--check", "--quick"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 2
