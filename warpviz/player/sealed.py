"""A page that runs its own script and wears its own style, and nothing else.

Its content security policy names both by their SHA-256 (https://www.w3.org/TR/CSP3/), so that what
a name or a host smuggles in never runs, and lets nothing be asked for.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

_POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)
"""The last one takes from the page's own script what makes markup of texts, such as innerHTML."""
_POLICY_AROUND = (
    "default-src 'none'; script-src {script}; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


def sealed(
    template: str, parts: Mapping[str, str], more: str = "", scripts: Iterable[str] = ()
) -> str:
    """A template with each {{name}} replaced; {{policy}} allows its scripts and styles.

    Only those are allowed that stand in the template, as they are when their own names are
    replaced: what breaks out of its place is none of them, and where it breaks out of a script,
    that script is none of them either. What is put in is not looked at again. `more` is what the
    policy says besides, `scripts` are texts that the page may run which do not stand in it.

    >>> page = sealed("{{policy}}<script>{{run}}</script>", {"run": "f()"})
    >>> "script-src 'sha256-GcEEE0IkDzIP5EQ6DXZaDPORqT5RTBELX8Fyzyg9yvo='" in page
    True
    """
    allowed = {}
    for kind in ("script", "style"):
        inside = (_hashed(_filled(text, parts)) for text in _inside(kind, template))
        allowed[kind] = " ".join(inside) or "'none'"
    allowed["script"] = " ".join([allowed["script"], *map(_hashed, scripts)])
    return _filled(template, {**parts, "policy": _POLICY.format(**allowed) + more})


def policy_around(pages: Iterable[str]) -> str:
    """The policy of a page that shows sealed pages in frames, and runs nothing itself.

    What a page of `srcdoc` may do its parent must allow too: of scripts theirs alone. Styles are
    free, for vector figures have theirs in attributes.

    >>> policy_around(["<script>f()</script>"]).split("; ")[1]
    "script-src 'sha256-GcEEE0IkDzIP5EQ6DXZaDPORqT5RTBELX8Fyzyg9yvo='"
    """
    scripts = {_hashed(text) for page in pages for text in _inside("script", page)}
    return _POLICY_AROUND.format(script=" ".join(sorted(scripts)) or "'none'")


def _inside(kind: str, text: str) -> list[str]:
    return re.findall(rf"<{kind}>(.*?)</{kind}>", text, re.DOTALL)


def _hashed(text: str) -> str:
    """A text as a source of a policy."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _filled(template: str, parts: Mapping[str, str]) -> str:
    return re.sub(r"\{\{([\w:]+)\}\}", lambda found: parts[found[1]], template)
