"""The global step: the variable that counts training steps. Mirrors `tf.train.get_global_step` and its kin."""

from __future__ import annotations

from typing import Any

from graphlab.get_variable import get_variable
from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import int64
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.graph.tensor import Tensor
from graphlab.initializers import Zeros
from graphlab.variables import Variable


def global_step(sess: Any, global_step_tensor: Any) -> int:
    """Returns the number of steps in a session. Mirrors `tf.train.global_step`."""
    return int(sess.run(global_step_tensor))


def get_global_step(graph: Graph | None = None) -> Any:
    """Returns the variable that counts steps, or None. Mirrors `tf.train.get_global_step`.

    Args:
        graph: the graph to look in; default the default graph.

    Raises:
        TypeError: what is there is no integer scalar.
    """
    graph = graph or get_default_graph()
    listed = graph.get_collection(GraphKeys.GLOBAL_STEP)
    if len(listed) > 1:
        return None
    if listed:
        found = listed[0]
    elif graph.operation(GraphKeys.GLOBAL_STEP) is None:
        return None
    else:
        found = graph.get_tensor_by_name(f"{GraphKeys.GLOBAL_STEP}:0")
    assert_global_step(found)
    return found


def create_global_step(graph: Graph | None = None) -> Variable:
    """Makes the variable that counts steps, an int64 scalar of 0. Mirrors `tf.train.create_global_step`.

    Raises:
        ValueError: there is one already.
    """
    graph = graph or get_default_graph()
    if get_global_step(graph) is not None:
        raise ValueError('"global_step" already exists. Use tf.train.get_or_create_global_step().')
    with graph.as_default(), graph.name_scope(None):
        return get_variable(
            GraphKeys.GLOBAL_STEP,
            shape=[],
            dtype=int64,
            initializer=Zeros(),
            trainable=False,
            collections=[GraphKeys.GLOBAL_VARIABLES, GraphKeys.GLOBAL_STEP],
        )


def get_or_create_global_step(graph: Graph | None = None) -> Any:
    """Returns the variable that counts steps; makes it if need be. Mirrors `tf.train.get_or_create_global_step`."""
    found = get_global_step(graph)
    return create_global_step(graph) if found is None else found


def assert_global_step(global_step_tensor: Any) -> None:
    """Raises TypeError unless the argument is an integer scalar variable or tensor."""
    if not isinstance(global_step_tensor, (Variable, Tensor)):
        raise TypeError(f'Existing "global_step" must be a Variable or Tensor: {global_step_tensor}.')
    if not global_step_tensor.dtype.base_dtype.is_integer:
        raise TypeError(f'Existing "global_step" does not have integer type: {global_step_tensor.dtype}')
    if global_step_tensor.shape.is_fully_defined() and global_step_tensor.shape.ndims != 0:
        raise TypeError(f'Existing "global_step" is not scalar: {global_step_tensor.shape}')
