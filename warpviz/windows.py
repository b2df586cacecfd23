"""What Windows takes for something else than a file's name."""

import re

DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.I | re.S)
"""Names of devices, with any suffix; source: Microsoft, "Naming Files, Paths, and Namespaces"."""
SIGNS = re.compile(r'[<>:"|?*\x00-\x1f]')
"""Signs that no name may hold; what stands behind a colon would be a stream of another file."""


def unusable(name: str) -> str:
    """Why a file cannot have a name on Windows, "" if it can.

    >>> unusable("con.gif"), unusable("a:b.gif"), unusable("fold.gif"), unusable("fold.gif.")
    ("'con.gif' is a device on Windows", "Windows has no names with ':'", '', \
"Windows drops what 'fold.gif.' ends with")
    """
    if DEVICES.fullmatch(name):
        return f"'{name}' is a device on Windows"
    if found := SIGNS.search(name):
        return f"Windows has no names with '{found[0]}'"
    if name.endswith((".", " ")) and name not in (".", ".."):
        return f"Windows drops what '{name}' ends with"
    return ""
