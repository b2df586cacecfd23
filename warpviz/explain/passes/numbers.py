"""Numbers of a pass as text."""

from collections.abc import Callable

from warpviz.explain.passes.record import Step


def decimals(value: float, digits: int) -> str:
    """So many digits after the point, zeros at the end left out.

    >>> decimals(0.38288404123, 8), decimals(2.0, 8), decimals(-0.0, 3)
    ('0.38288404', '2', '0')
    """
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def drawn(text: str) -> str:
    """A number as it stands in a drawing or a table of mathematics: with a minus, no hyphen.

    >>> drawn("-0.848"), drawn("1e-05")
    ('−0.848', '1e−05')
    """
    return text.replace("-", "−")


def corners_of(
    step: Step, digits: int, sign: Callable[[str], str] = lambda text: text
) -> list[str]:
    """A sentence for each unit that is at a corner of its activation, or near to one.

    Args:
        step: the layer.
        digits: after the decimal point.
        sign: how a number is written; `drawn` gives it a real minus.
    """
    told = []
    for unit in step.kinks:
        assert step.slopes is not None
        told.append(
            f"sum[{unit + 1}] = {sign(decimals(step.sums[unit], digits))} is a kink: "
            f"{step.activation} has no slope there; taken is the one on the left, "
            f"{sign(decimals(step.slopes[unit], digits))}"
        )
    told += [
        f"sum[{unit + 1}] = {sign(f'{step.sums[unit]:.3g}')} is near a kink of {step.activation}: "
        "differences step over it"
        for unit in step.near
    ]
    return told


def slope_of(step: Step) -> str:
    """How the gradient goes through an activation, in words; a softmax mixes all outputs."""
    known = {
        "softmax": "out·(dE/dout − Σ out·dE/dout)",
        "log_softmax": "dE/dout − e^out · Σ dE/dout",
    }
    return known.get(step.activation, f"dE/dout · {step.activation}'(sum)")
