"""What Sphinx is told."""

from gallery.site.address import address
from warpviz.version import __version__

project = "warpviz"
author = "The warpviz developers"
release = version = __version__
extensions = ["myst_parser", "gallery.site.players"]
myst_enable_extensions = ["dollarmath", "amsmath", "deflist", "attrs_inline"]
myst_heading_anchors = 3
myst_links_external_new_tab = False
html_theme = "furo"
html_title = "warpviz"
html_math_renderer = "mathml"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_use_index = False
html_last_updated_fmt = None
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
smartquotes = False  # Two hyphens are a flag's.
highlight_language = "none"
html_theme_options = {
    "source_repository": address(),
    "footer_icons": [],
    "light_css_variables": {
        "color-brand-primary": "#0b5c8e",
        "color-brand-content": "#0b5c8e",
        "color-code-background": "#f3f5f8",
    },
    "dark_css_variables": {"color-brand-primary": "#7cc4f0", "color-brand-content": "#7cc4f0"},
}
templates_path: list[str] = []
exclude_patterns: list[str] = []
# Blocks of other languages than Pygments knows are shown as they are.
suppress_warnings = ["misc.highlighting_failure"]
