"""Variable scopes: prefixes and defaults for `tf.get_variable`. Mirrors `tf.variable_scope` and its kin."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from graphlab.graph.graph import Graph, graph_of
from graphlab.variable_scope_stack import OpenVariableScopes, VariableScope, check_supported, open_scopes
from graphlab.variable_store import AUTO_REUSE, Reuse


def variable_scope(
    name_or_scope: Any,
    default_name: str | None = None,
    values: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    caching_device: Any = None,
    partitioner: Any = None,
    custom_getter: Any = None,
    reuse: Reuse = None,
    dtype: Any = None,
    use_resource: bool | None = None,
    constraint: Any = None,
    auxiliary_name_scope: bool = True,
) -> contextlib.AbstractContextManager[VariableScope]:
    """Opens a variable scope together with a name scope. Mirrors `tf.variable_scope`.

    Args:
        name_or_scope: the name, appended to the open scope's; or a scope to return to.
        default_name: the name, made unique, where `name_or_scope` is None.
        values: tensors whose graph is the one to build in.
        initializer: the default initializer.
        regularizer: the default regularizer.
        caching_device: the default device on which variables are read.
        partitioner: not supported.
        custom_getter: a function around `tf.get_variable`.
        reuse: True to return variables that exist, `tf.AUTO_REUSE` to make those that do not; None and False inherit.
        dtype: the default element type.
        use_resource: must not be True.
        constraint: the default constraint.
        auxiliary_name_scope: whether to open a name scope as well.

    Raises:
        TypeError: there is no name, or it is nothing that can be entered.
        ValueError: `reuse` is not valid here.
        NotImplementedError: an argument is not supported.
    """
    check_supported(partitioner, use_resource)
    if default_name is None and name_or_scope is None:
        raise TypeError("If default_name is None then name_or_scope is required")
    if name_or_scope is not None and not isinstance(name_or_scope, (VariableScope, str)):
        raise TypeError(f"VariableScope: name_or_scope must be a string or VariableScope, not {name_or_scope!r}.")
    if not (isinstance(reuse, bool) or reuse in (None, AUTO_REUSE)):
        raise ValueError(f"The reuse parameter must be True or False or None or tf.AUTO_REUSE, not {reuse!r}.")
    if reuse and name_or_scope is None:
        raise ValueError("reuse=True cannot be used without a name_or_scope")
    changes = {
        "initializer": initializer,
        "regularizer": regularizer,
        "caching_device": caching_device,
        "custom_getter": custom_getter,
        "dtype": dtype,
    }
    graph = graph_of(values or ())
    return _opened(graph, name_or_scope, default_name, auxiliary_name_scope, reuse, constraint, changes)


@contextlib.contextmanager
def _opened(
    graph: Graph,
    name_or_scope: str | VariableScope | None,
    default_name: str | None,
    auxiliary_name_scope: bool,
    reuse: Reuse,
    constraint: Any,
    changes: dict[str, Any],
) -> Iterator[VariableScope]:
    with contextlib.ExitStack() as stack:
        stack.enter_context(graph.as_default())
        name = _name_scope_for(name_or_scope, default_name)
        opened: str | None = f"{graph.get_name_scope()}/" if graph.get_name_scope() else ""
        if auxiliary_name_scope:
            opened = stack.enter_context(graph.name_scope(name)) if name else None
        scopes = open_scopes()
        if isinstance(name_or_scope, VariableScope):
            new = name_or_scope.copy(reuse or name_or_scope.reuse, constraint, **changes)
            stack.enter_context(_entered_again(scopes, new))
        else:
            prefix = scopes.unique(default_name or "") if name_or_scope is None else name_or_scope
            full = f"{scopes.current.name}/{prefix}" if scopes.current.name else prefix
            original = prefix if opened is None else opened
            names = {"name": full, "original_name_scope": original}
            new = scopes.current.copy(reuse or scopes.current.reuse, constraint, **names, **changes)
            stack.enter_context(_extended(scopes, new))
        yield new


def _name_scope_for(name_or_scope: str | VariableScope | None, default_name: str | None) -> str | None:
    if isinstance(name_or_scope, VariableScope):
        return name_or_scope.name.rpartition("/")[2]
    return default_name if name_or_scope is None else name_or_scope


@contextlib.contextmanager
def _extended(scopes: OpenVariableScopes, new: VariableScope) -> Iterator[None]:
    outer = scopes.current
    scopes.counts[new.name] = scopes.counts.get(new.name, 0) + 1
    scopes.current = new
    try:
        yield
    finally:
        scopes.forget_inside(new.name)
        scopes.current = outer


@contextlib.contextmanager
def _entered_again(scopes: OpenVariableScopes, new: VariableScope) -> Iterator[None]:
    outer = scopes.current
    scopes.counts[new.name] = scopes.counts.get(new.name, 0) + 1
    counts = dict(scopes.counts)
    scopes.current = new
    try:
        yield
    finally:
        scopes.counts = counts
        scopes.current = outer


def variable_op_scope(
    values: Any,
    name_or_scope: str | VariableScope | None,
    default_name: str | None = None,
    initializer: Any = None,
    regularizer: Any = None,
    caching_device: Any = None,
    partitioner: Any = None,
    custom_getter: Any = None,
    reuse: Reuse = None,
    dtype: Any = None,
    use_resource: bool | None = None,
    constraint: Any = None,
) -> contextlib.AbstractContextManager[VariableScope]:
    """Opens a variable scope; the older spelling of `variable_scope`. Mirrors `tf.variable_op_scope`."""
    return variable_scope(
        name_or_scope,
        default_name,
        values,
        initializer,
        regularizer,
        caching_device,
        partitioner,
        custom_getter,
        reuse,
        dtype,
        use_resource,
        constraint,
    )
