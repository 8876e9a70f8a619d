"""The viewer without a notebook: `python -m labext.view FILE_OR_LOGDIR` opens it in the browser."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from labext.payload import encode
from labext.sources.files import read_graph
from labext.web_page import web_page


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the page of a graph and opens it.

    Args:
        arguments: words after the command's name; those of this process by default.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(
        prog="graphlab view", description="Shows a graph in the browser, without a notebook."
    )
    parser.add_argument(
        "path", type=Path, metavar="FILE_OR_LOGDIR", help="a .pb, .pbtxt, .meta or event file, or a log folder"
    )
    parser.add_argument("--export", type=Path, metavar="PAGE.html", help="write the page there and open nothing")
    options = parser.parse_args(arguments)
    name = options.path.resolve().name or "graph"
    try:
        graph_def = read_graph(options.path)
        page = options.export or Path(tempfile.mkdtemp(prefix="graphlab-")) / f"{name}.html"
        page.write_text(web_page([encode(graph_def)], {}, name), encoding="utf-8")
    except (OSError, ValueError) as error:
        print(f"graphlab view: {error}", file=sys.stderr)
        return 1
    print(f"{len(graph_def.node):,} operations in {page}")
    if options.export is None and not webbrowser.open(page.resolve().as_uri()):
        print("No browser was found; open the page yourself.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        # `| head` takes what it wants; that is no error.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
