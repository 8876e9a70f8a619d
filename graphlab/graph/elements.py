"""Finds operations and tensors of a graph by object or name, with TensorFlow's errors."""

from __future__ import annotations

from typing import Any

from graphlab.graph import registry
from graphlab.graph.tensor import Operation, Tensor


def find_element(graph: Any, key: Any, allow_tensor: bool = True, allow_operation: bool = True) -> Operation | Tensor:
    """Returns the operation or tensor of `graph` that `key` is or names.

    Raises:
        KeyError: there is none of that name.
        ValueError: the name has not the form of what is wanted, or the object is of another graph.
        TypeError: the object is neither.
    """
    wanted = " or ".join(w for w, allowed in (("Tensor", allow_tensor), ("Operation", allow_operation)) if allowed)
    if not wanted:
        raise ValueError("allow_tensor and allow_operation can't both be False.")
    convert = getattr(key, "_as_graph_element", None)
    if convert is not None:
        key = convert()
    if isinstance(key, str):
        return _find_named(graph, key, allow_tensor, allow_operation)
    if isinstance(key, Tensor) and allow_tensor:
        if key.graph is not graph:
            raise ValueError(f"Tensor {key} is not an element of this graph.")
        return key
    if isinstance(key, Operation) and allow_operation:
        if key.graph is not graph:
            raise ValueError(f"Operation {key!r} is not an element of this graph.")
        return key
    raise TypeError(f"Can not convert a {type(key).__name__} into a {wanted}.")


def _find_named(graph: Any, name: str, allow_tensor: bool, allow_operation: bool) -> Operation | Tensor:
    if ":" in name:
        if allow_tensor:
            return _find_tensor(graph, name)
        raise ValueError(f"Name {name!r} appears to refer to a Tensor, not a Operation.")
    found: Operation | None = graph.operation(name)
    if allow_operation:
        if found is None:
            raise KeyError(
                f"The name {name!r} refers to an Operation not in the graph.{registry.near_names(name, graph.names())}"
            )
        return found
    if found is not None:
        raise ValueError(
            f'The name {name!r} refers to an Operation, not a Tensor. Tensor names must be of the form "<op_name>:<output_index>", '
            f"here for example '{name}:0'."
        )
    raise ValueError(
        f'The name {name!r} looks like an (invalid) Operation name, not a Tensor. Tensor names must be of the form "<op_name>:<output_index>".'
    )


def _find_tensor(graph: Any, name: str) -> Tensor:
    op_name, _, position = name.partition(":")
    if not position.isdigit():
        raise ValueError(
            f'The name {name!r} looks like a Tensor name, but is not a valid one. Tensor names must be of the form "<op_name>:<output_index>".'
        )
    op: Operation | None = graph.operation(op_name)
    if op is None:
        raise KeyError(
            f"The name {name!r} refers to a Tensor which does not exist. The operation, {op_name!r}, does not exist in the graph."
            f"{registry.near_names(op_name, graph.names())}"
        )
    index = int(position)
    if index >= len(op.outputs):
        raise KeyError(
            f"The name {name!r} refers to a Tensor which does not exist. The operation, {op_name!r}, exists but only has {len(op.outputs)} outputs."
        )
    return op.outputs[index]
