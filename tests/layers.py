"""Reads imports by ast and says which of them go up in the picture of layers."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Layer(NamedTuple):
    """Modules on one level: a name stands for the module and all below it."""

    title: str
    modules: frozenset[str]


class Picture(NamedTuple):
    """What may import what.

    Attributes:
        package: The package it is about.
        layers: From the lowest to the highest; a module may import from its own layer and from lower ones.
        reserved: Titles of the layers that may import an outside package; none means that no module may.
        closed: Reserved packages of which only the top may be imported, none of the modules below.
    """

    package: str
    layers: Sequence[Layer]
    reserved: Mapping[str, frozenset[str]]
    closed: frozenset[str] = frozenset()


class Import(NamedTuple):
    """One imported name, as written, with where it stands."""

    name: str
    line: int
    is_inside_function: bool


def violations(sources: Mapping[str, str], picture: Picture) -> list[str]:
    """Checks modules against a picture.

    Args:
        sources: Source text of each module, by dotted name; a package's own text has the package's name.
        picture: The picture.

    Returns:
        One sentence for each import that breaks it, and for each module that has no place in it.
    """
    found = []
    for module, source in sources.items():
        level = _level(module, picture)
        if level is None:
            found.append(f"{module} is in no layer: add it to the picture")
            continue
        for item in _imports(ast.parse(source), module, sources):
            if why := _objection(item, level, picture):
                found.append(f"{module}:{item.line} imports {item.name}: {why}")
    return found


def read_sources(root: Path, package: str) -> dict[str, str]:
    """Source text of every module of a package, by dotted name.

    Args:
        root: The folder that holds the package.
        package: The package's name.
    """
    sources = {}
    for path in sorted((root / package).rglob("*.py")):
        if "node_modules" not in path.parts:
            parts = path.relative_to(root).with_suffix("").parts
            sources[".".join(part for part in parts if part != "__init__")] = path.read_text(encoding="utf-8")
    return sources


def _objection(item: Import, level: int, picture: Picture) -> str | None:
    """Why this import is not allowed on this level, or None."""
    root = item.name.partition(".")[0]
    if root != picture.package and root not in picture.reserved:
        return None
    if item.is_inside_function:
        return "imports stand at the top of the file"
    if root == picture.package:
        imported = _level(item.name, picture)
        if imported is not None and imported > level:
            return f"{picture.layers[level].title} may not import {picture.layers[imported].title}"
    elif picture.layers[level].title not in picture.reserved[root]:
        return f"{picture.layers[level].title} may not import {root}"
    elif root in picture.closed and item.name != root:
        return f"use the public names of {root}"
    return None


def _level(module: str, picture: Picture) -> int | None:
    """Level of the longest name in the picture that covers a module; the bare package covers only itself."""
    name = module
    while True:
        for level, layer in enumerate(picture.layers):
            if name in layer.modules:
                return level
        name = name.rpartition(".")[0]
        if name in ("", picture.package):
            return None


def _imports(tree: ast.Module, module: str, modules: Mapping[str, str]) -> Iterator[Import]:
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        for name in _imported_names(node, module, modules):
            yield Import(name, node.lineno, id(node) in inside)  # type: ignore[attr-defined]  # All have lines.


def _imported_names(node: ast.AST, module: str, modules: Mapping[str, str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = _absolute(node, module, modules)
        return [name if (name := f"{base}.{alias.name}") in modules else base for alias in node.names]
    if isinstance(node, ast.Call) and ast.unparse(node.func) in (
        "__import__",
        "import_module",
        "importlib.import_module",
    ):
        return [str(argument.value) for argument in node.args[:1] if isinstance(argument, ast.Constant)]
    return []


def _absolute(node: ast.ImportFrom, module: str, modules: Mapping[str, str]) -> str:
    """The package or module that a `from` names, with leading dots resolved."""
    if not node.level:
        return node.module or ""
    is_package = any(name.startswith(f"{module}.") for name in modules)
    parts = module.split(".")
    parent = parts[: len(parts) - node.level + is_package]
    return ".".join([*parent, node.module] if node.module else parent)
