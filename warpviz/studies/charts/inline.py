"""Figures of matplotlib as parts of a page."""

import re
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from typing import Any

from warpviz.figures.settings import settled


def inline(make: Callable[[], Any], salt: str) -> str:
    """A figure as an <svg> that may stand beside others in one page.

    Args:
        make: makes the figure.
        salt: what tells it from others of the page, so that no two parts are called the same.
    """
    salted = sha256(salt.encode()).hexdigest()
    chosen: Any = {"svg.fonttype": "none", "svg.hashsalt": salted}
    file = BytesIO()
    with settled(chosen):
        make().savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    text = file.getvalue().decode()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    # Names that nothing refers to are the same in every figure.
    used = set(re.findall(r"""(?:url\(|href=")#([^")]+)""", text))
    return re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", text)
