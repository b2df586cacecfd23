"""Numbers of a pass as text."""

from warpviz.explain.passes.record import Step


def number(value: float, digits: int) -> str:
    """So many digits after the point, zeros at the end left out.

    >>> number(0.38288404123, 8), number(2.0, 8), number(-0.0, 3)
    ('0.38288404', '2', '0')
    """
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def corners_of(step: Step, digits: int) -> list[str]:
    """A sentence for each unit that is at a corner of its activation, or near to one."""
    told = []
    for unit in step.kinks:
        assert step.slopes is not None
        told.append(
            f"sum[{unit + 1}] = {number(step.sums[unit], digits)} is a kink: {step.activation} has "
            "no slope there; taken is the one on the left, "
            f"{number(step.slopes[unit], digits)}"
        )
    told += [
        f"sum[{unit + 1}] = {step.sums[unit]:.3g} is near a kink of {step.activation}: differences "
        "step over it"
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
