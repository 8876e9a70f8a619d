"""Brings the catalogues of messages up to date with the sources: `python scripts/extract_messages.py`.

New messages get an empty translation, which a test refuses until it is filled in; messages that are gone are removed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

_ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = _ROOT / "labext" / "messages"
_CODE = re.compile(r"`[^`]*`|\$[^$]*\$")


def main() -> None:
    """Rewrites each catalogue; translations of messages that are still there stay."""
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            known = {message.id: message.string for message in read_po(file) if message.id}
        fresh = Catalog()
        for message, places in sorted(find_messages().items(), key=lambda item: (item[1], item[0])):
            fresh.add(message, known.get(message, ""), locations=[(place, 0) for place in places])
        with path.open("wb") as file:
            write_po(file, fresh, width=0, omit_header=True, include_lineno=False)
        print(
            f"{path.name}: {len(fresh)} messages, {sum(not message.string for message in fresh if message.id)} to translate"
        )


def find_messages() -> dict[str, list[str]]:
    """All messages that labext's sources mark, each with the files that say it; code and formulae alone are none."""
    found: dict[str, list[str]] = {}
    for path in sorted((_ROOT / "labext").rglob("*.py")):
        messages = messages_of(path.read_text(encoding="utf-8"))
        for message in (each for each in messages if re.search("[A-Za-z]", _CODE.sub("", each))):
            places = found.setdefault(message, [])
            places += [name for name in [path.relative_to(_ROOT).as_posix()] if name not in places]
    return found


def messages_of(source: str) -> Iterator[str]:
    """The messages of one file: what `tr` is given, exercises' titles and hints, lessons' names.

    Args:
        source: Python.

    Yields:
        Each message, in English.

    Raises:
        ValueError: `tr` is given something else than a literal or a name that holds one.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="tr"), args=[ast.Constant(value=str(message))]):
                yield message
            case ast.Call(func=ast.Name(id="tr"), args=[ast.JoinedStr() | ast.BinOp(), *_]):
                raise ValueError(f"line {node.lineno}: give tr() one literal, with places in braces")
            case ast.Call(func=ast.Name(id="exercise"), keywords=keywords):
                told = [keyword.value for keyword in keywords if keyword.arg in {"title", "hints"}]
                yield from (text for part in told for text in _texts(part))
            case ast.AnnAssign(target=ast.Name(id="CATALOGUE"), value=ast.Dict(keys=names)):
                yield from (text.replace("_", " ") for name in names if name for text in _texts(name))


def _texts(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        match each:
            case ast.Constant(value=str(text)):
                yield text


if __name__ == "__main__":
    main()
