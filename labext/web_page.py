"""A graph as one web page: no server, no network, still interactive."""

from __future__ import annotations

import base64
import gzip
import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from labext.language import language

_BUNDLE = Path(__file__).parent / "static" / "page.js"

# Nothing but the page's own code runs, and nothing is fetched, whatever the graph's names say.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
html, body {{ margin: 0; height: 100%; }}
body {{ color-scheme: light dark; background: Canvas; }}
#graph, #graph .labext-graph {{ box-sizing: border-box; height: 100%; border: 0; resize: none; }}
</style>
</head>
<body>
<main id="graph"></main>
<script>{code}</script>
<script>labext.showPacked(document.getElementById("graph"), {messages}, {state});</script>
</body>
</html>
"""


def web_page(messages: Sequence[bytes], state: Mapping[str, Any], title: str) -> str:
    """Writes the page.

    Args:
        messages: the graph's messages, as ``labext.payload`` encodes them, in their order.
        state: what is open and selected at first.
        title: the page's title.

    Returns:
        HTML.
    """
    packed = [base64.b64encode(gzip.compress(message, 6, mtime=0)).decode() for message in messages]
    return _PAGE.format(
        language=language(),
        policy=html.escape(_POLICY),
        title=html.escape(title),
        code=_inside_script(_BUNDLE.read_text(encoding="utf-8")),
        messages=json.dumps(packed),
        state=_inside_script(json.dumps(state)),
    )


def _inside_script(code: str) -> str:
    """Names may say `</script>`, `<!--` or `<script`: none of them may be seen there."""
    return code.replace("</", "<\\/").replace("<!--", "<\\!--").replace("<script", "<\\script")
