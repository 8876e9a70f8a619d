"""How Sphinx makes the site; `scripts/build_docs.py` gathers its sources."""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

_MATHJAX = Path(__file__).parent.parent / "labext" / "frontend" / "node_modules" / "mathjax" / "es5" / "tex-svg.js"

project = "Graph Lab"
html_title = "Graph Lab"
html_theme = "furo"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False

extensions = ["myst_nb"]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
# The outputs are those that the notebooks hold.
nb_execution_mode = "off"
# Without a network formulae need a MathJax of our own, here one file with its fonts inside.
html_static_path = [str(_MATHJAX), "site.css", "site.js"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
mathjax_path = _MATHJAX.name


def setup(app: Sphinx) -> None:
    """Lets each page say what language it is in, for screen readers and fonts."""
    app.connect("html-page-context", _name_language)


def _name_language(_app: Sphinx, page: str, _template: str, context: dict[str, Any], _document: object) -> None:
    if language := re.match("lessons/([a-z]+)/", page):
        context["language"] = language[1]
