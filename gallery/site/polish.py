"""What the theme leaves to be done on its pages: for those who have a keyboard or hear them.

What can be scrolled can be reached, captions of the contents are headings of a level, and both
columns beside the text have a name; programs are told where the page's Markdown is.
"""

from pathlib import Path

WANTED = (
    ('<div class="highlight"><pre>', '<div class="highlight"><pre tabindex="0">'),
    ('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'),
    ('class="caption" role="heading"', 'class="caption" role="heading" aria-level="2"'),
    ('<aside class="sidebar-drawer"', '<aside aria-label="Contents" class="sidebar-drawer"'),
    ('<aside class="toc-drawer', '<aside aria-label="On this page" class="toc-drawer'),
)
"""What stands in a page, and what stands in its place."""


def polished(text: str, name: str) -> str:
    """A page as it was written, called `name`, made good.

    >>> polished('<aside class="toc-drawer no-toc">', "start/install")
    '<aside aria-label="On this page" class="toc-drawer no-toc">'
    """
    for old, new in WANTED:
        text = text.replace(old, new)
    twin = f'<link rel="alternate" type="text/markdown" href="{Path(name).name}.md">'
    return text.replace("</head>", f"{twin}</head>", 1)
