"""Numbers of a pass as text."""

from warpviz.explain.trace import Step


def number(value: float, digits: int) -> str:
    """So many digits after the point, zeros at the end left out.

    >>> number(0.38288404123, 8), number(2.0, 8), number(-0.0, 3)
    ('0.38288404', '2', '0')
    """
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def slope_of(step: Step) -> str:
    """How the gradient goes through an activation, in words; a softmax mixes all outputs."""
    known = {
        "softmax": "out·(dE/dout − Σ out·dE/dout)",
        "log_softmax": "dE/dout − e^out · Σ dE/dout",
    }
    return known.get(step.activation, f"dE/dout · {step.activation}'(sum)")
