"""The variables of a graph: listing, initialising and checking them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import string
from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, comparisons, control, state
from graphlab.ops.constant import constant
from graphlab.ops.scopes import colocate_with, device, name_scope


def global_variables(scope: str | None = None) -> list[Any]:
    """Returns the variables of the default graph. Mirrors `tf.global_variables`.

    Args:
        scope: only variables whose name starts with it (a regular expression).
    """
    return get_default_graph().get_collection(GraphKeys.GLOBAL_VARIABLES, scope)


def local_variables(scope: str | None = None) -> list[Any]:
    """Returns the variables that are not saved. Mirrors `tf.local_variables`."""
    return get_default_graph().get_collection(GraphKeys.LOCAL_VARIABLES, scope)


def model_variables(scope: str | None = None) -> list[Any]:
    """Returns the variables that a model needs to predict. Mirrors `tf.model_variables`."""
    return get_default_graph().get_collection(GraphKeys.MODEL_VARIABLES, scope)


def trainable_variables(scope: str | None = None) -> list[Any]:
    """Returns the variables that optimizers change. Mirrors `tf.trainable_variables`."""
    return get_default_graph().get_collection(GraphKeys.TRAINABLE_VARIABLES, scope)


def moving_average_variables(scope: str | None = None) -> list[Any]:
    """Returns the variables of which moving averages are kept. Mirrors `tf.moving_average_variables`."""
    return get_default_graph().get_collection(GraphKeys.MOVING_AVERAGE_VARIABLES, scope)


def variables_initializer(var_list: Iterable[Any], name: str = "init") -> Operation:
    """Adds an operation that initialises the listed variables. Mirrors `tf.variables_initializer`."""
    return control.group(*[v.initializer for v in var_list], name=name)


def global_variables_initializer() -> Operation:
    """Adds an operation that initialises all variables. Mirrors `tf.global_variables_initializer`."""
    return variables_initializer(global_variables())


def local_variables_initializer() -> Operation:
    """Adds an operation that initialises the local variables. Mirrors `tf.local_variables_initializer`."""
    return variables_initializer(local_variables())


def report_uninitialized_variables(
    var_list: Iterable[Any] | None = None, name: str = "report_uninitialized_variables"
) -> Tensor:
    """Adds nodes that return the names of the variables without a value. Mirrors `tf.report_uninitialized_variables`.

    Args:
        var_list: the variables to check; default all global and local ones.
        name: the name scope of the nodes.
    """
    variables = _all_variables() if var_list is None else list(var_list)
    with name_scope(name):
        initialized = [state.is_variable_initialized(v) for v in variables]
        with device("/cpu:0"):
            if not variables:
                return constant([], dtype=string)
            mask = comparisons.logical_not(arrays.stack(initialized))
            return arrays.boolean_mask(constant([v.op.name for v in variables]), mask)


def assert_variables_initialized(var_list: Iterable[Any] | None = None) -> Tensor | None:
    """Adds a node that fails with FailedPreconditionError if a variable has no value.

    Mirrors `tf.assert_variables_initialized`.

    Args:
        var_list: the variables to check; default all global and local ones.

    Returns:
        The node's tensor, or None if there are no variables.
    """
    variables = _all_variables() if var_list is None else list(var_list)
    ranks = []
    for variable in variables:
        with colocate_with(variable.op):
            ranks.append(build.add("Rank", variable))
    if len(ranks) < 2:
        return ranks[0] if ranks else None
    return arrays.stack(ranks)


def _all_variables() -> list[Any]:
    listed = global_variables() + local_variables()
    if listed:
        return listed
    return [op.outputs[0] for op in get_default_graph().get_operations() if op.type in ("Variable", "VariableV2")]
