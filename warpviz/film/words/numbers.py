"""Numbers in words: shares in percent, rounded down, and short decimals."""

import numpy as np


def percent(share: float, digits: int = 1) -> str:
    """A share 0 … 1 with so many digits, rounded down: 100.0 % is all of it.

    >>> percent(0.99999), percent(1.0), percent(0.86), percent(2999 / 3000), percent(0.999, 0)
    ('99.9 %', '100.0 %', '86.0 %', '99.9 %', '99 %')
    """
    return f"{rounded_down(100 * share, digits)} %"


def short_number(value: float) -> str:
    """Two significant digits; an exponent only where there would be many zeros.

    >>> [short_number(x) for x in (3.14159, 0.4, 12.3, 1234.5, 0.000321, 1.0, 2.34e7, 4e-9)]
    ['3.1', '0.4', '12', '1234', '0.00032', '1', '2.3e7', '4e−9']
    """
    if value and not 1e-4 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.1e}".split("e")
        return f"{mantissa.removesuffix('.0')}e{int(exponent)}".replace("-", "−")
    digits = max(1 - int(np.floor(np.log10(abs(value)))), 0) if value else 0
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def rounded_down(value: float, digits: int = 3) -> str:
    """A number with so many digits behind the point, none of which claims more than is so.

    >>> rounded_down(0.99996), rounded_down(1.0), rounded_down(-0.00001), rounded_down(29.0, 0)
    ('0.999', '1.000', '−0.001', '29')
    """
    steps = 10.0**digits
    # A billionth of a step: 0.29 · 100 is a hair less than 29.
    return f"{np.floor(value * steps + 1e-9) / steps:.{digits}f}".replace("-", "−")
