"""Scopes on the default graph: `tf.name_scope`, `tf.control_dependencies`, `tf.device` and their kin."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from graphlab.graph.graph import get_default_graph, graph_of


@contextlib.contextmanager
def name_scope(name: str | None, default_name: str | None = None, values: Any = None) -> Iterator[str]:
    """Opens a name scope. Mirrors `tf.name_scope`.

    Args:
        name: the scope's name, made unique; with a trailing `/` an existing scope, entered again; None takes `default_name`.
        default_name: used when `name` is None.
        values: tensors whose graph is the one to build in.

    Yields:
        The full scope name with a trailing `/`.

    Raises:
        ValueError: the name is not valid, or the values are of different graphs.
    """
    graph = graph_of(values or ())
    with graph.as_default(), graph.name_scope(default_name if name is None else name) as scope:
        yield scope


def control_dependencies(control_inputs: Any) -> contextlib.AbstractContextManager[None]:
    """Makes operations created inside wait for `control_inputs`. Mirrors `tf.control_dependencies`."""
    return get_default_graph().control_dependencies(control_inputs)


def device(device_name_or_function: Any) -> contextlib.AbstractContextManager[None]:
    """Places operations created inside on a device. Mirrors `tf.device`."""
    return get_default_graph().device(device_name_or_function)


def colocate_with(op: Any, ignore_existing: bool = False) -> contextlib.AbstractContextManager[None]:
    """Places operations created inside where `op` is. Mirrors `tf.colocate_with`."""
    return get_default_graph().colocate_with(op, ignore_existing)


def container(container_name: str) -> contextlib.AbstractContextManager[None]:
    """Puts the state of operations created inside into a named container. Mirrors `tf.container`."""
    return get_default_graph().container(container_name)
