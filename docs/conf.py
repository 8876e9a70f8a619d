"""How Sphinx makes the site; `scripts/build_docs.py` gathers its sources."""

from pathlib import Path

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
