"""The collections of the default graph."""

from __future__ import annotations

from typing import Any

from graphlab.graph.graph import get_default_graph


def add_to_collection(name: str, value: Any) -> None:
    """Appends a value to a collection of the default graph. Mirrors `tf.add_to_collection`."""
    get_default_graph().add_to_collection(name, value)


def add_to_collections(names: Any, value: Any) -> None:
    """Appends a value to one or several collections of the default graph. Mirrors `tf.add_to_collections`."""
    get_default_graph().add_to_collections(names, value)


def get_collection(key: str, scope: str | None = None) -> list[Any]:
    """Returns a copy of a collection of the default graph. Mirrors `tf.get_collection`.

    Args:
        key: the name of the collection.
        scope: only items whose name starts with it (a regular expression).
    """
    return get_default_graph().get_collection(key, scope)


def get_collection_ref(key: str) -> list[Any]:
    """Returns a collection of the default graph itself. Mirrors `tf.get_collection_ref`."""
    return get_default_graph().get_collection_ref(key)
