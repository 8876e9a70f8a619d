"""Variable scopes: prefixes and defaults for `tf.get_variable`. Mirrors `tf.variable_scope` and its kin."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import float32
from graphlab.graph.graph import get_default_graph, graph_of
from graphlab.variable_store import AUTO_REUSE, Reuse, VariableStore

T = TypeVar("T")


class VariableScope:
    """A prefix of variables' names with defaults for `tf.get_variable`. Mirrors `tf.VariableScope`.

    Attributes:
        name: the prefix.
        original_name_scope: the name scope that was opened with it first.
        reuse: whether variables exist already (True), are made (False or None), or either (`tf.AUTO_REUSE`).
        initializer: the default initializer.
        regularizer: the default regularizer.
        caching_device: the default device on which variables are read.
        custom_getter: a function around `tf.get_variable`.
        dtype: the default element type.
        constraint: the default constraint.
    """

    def __init__(
        self,
        reuse: Reuse,
        name: str = "",
        initializer: Any = None,
        regularizer: Any = None,
        caching_device: Any = None,
        partitioner: Any = None,
        custom_getter: Any = None,
        name_scope: str = "",
        dtype: Any = float32,
        use_resource: bool | None = None,
        constraint: Any = None,
    ) -> None:
        check_supported(partitioner, use_resource)
        self.reuse: Reuse = reuse
        self.name = name
        self.initializer = initializer
        self.regularizer = regularizer
        self.caching_device = caching_device
        self.custom_getter = custom_getter
        self.original_name_scope = name_scope
        self.dtype = dtype
        self.constraint = constraint

    def reuse_variables(self) -> None:
        """From now on, `tf.get_variable` in this scope returns variables that exist."""
        self.reuse = True

    def set_initializer(self, initializer: Any) -> None:
        """Sets the default initializer."""
        self.initializer = initializer

    def set_regularizer(self, regularizer: Any) -> None:
        """Sets the default regularizer."""
        self.regularizer = regularizer

    def set_dtype(self, dtype: Any) -> None:
        """Sets the default element type."""
        self.dtype = dtype

    def set_caching_device(self, caching_device: Any) -> None:
        """Sets the default device on which variables are read."""
        self.caching_device = caching_device

    def set_custom_getter(self, custom_getter: Any) -> None:
        """Sets the function around `tf.get_variable`."""
        self.custom_getter = custom_getter

    def get_collection(self, name: str) -> list[Any]:
        """Returns the items of a collection whose name starts with this scope's."""
        return get_default_graph().get_collection(name, f"{self.name}/" if self.name else "")

    def global_variables(self) -> list[Any]:
        """Returns the variables of this scope."""
        return self.get_collection(GraphKeys.GLOBAL_VARIABLES)

    def local_variables(self) -> list[Any]:
        """Returns the local variables of this scope."""
        return self.get_collection(GraphKeys.LOCAL_VARIABLES)

    def trainable_variables(self) -> list[Any]:
        """Returns the trainable variables of this scope."""
        return self.get_collection(GraphKeys.TRAINABLE_VARIABLES)

    def copy(self, reuse: Reuse, constraint: Any, **changes: Any) -> VariableScope:
        """Returns a scope with the defaults of this one, except for those given that are not None.

        A constraint is not inherited, as in TensorFlow.
        """
        new = VariableScope(reuse, constraint=constraint)
        defaults = (
            "name",
            "original_name_scope",
            "initializer",
            "regularizer",
            "caching_device",
            "custom_getter",
            "dtype",
        )
        for field in defaults:
            given = changes.get(field)
            setattr(new, field, getattr(self, field) if given is None else given)
        if changes.get("custom_getter") is not None and self.custom_getter is not None:
            new.custom_getter = _nested_getter(changes["custom_getter"], self.custom_getter)
        return new


class OpenVariableScopes(threading.local):
    """The variable scope that is open in the current thread of one graph, and how often each was opened."""

    def __init__(self) -> None:
        self.current = VariableScope(reuse=False)
        self.counts: dict[str, int] = {}

    def unique(self, prefix: str) -> str:
        """Returns a name that no scope inside the current one had in this thread."""
        outer = f"{self.current.name}/" if self.current.name else ""
        candidate, number = prefix, 0
        while self.counts.get(outer + candidate, 0):
            number += 1
            candidate = f"{prefix}_{number}"
        return candidate

    def forget_inside(self, name: str) -> None:
        """Lets the names of scopes inside another one be used again."""
        for other in self.counts:
            if other.startswith(f"{name}/"):
                self.counts[other] = 0


_lock: Final = threading.Lock()


def open_scopes() -> OpenVariableScopes:
    """Returns the variable scopes of the default graph."""
    return _kept_by_graph("__variable_scopes", OpenVariableScopes)


def variable_store() -> VariableStore:
    """Returns the variables of the default graph that `tf.get_variable` made."""
    return _kept_by_graph("__variable_store", VariableStore)


def _kept_by_graph(key: str, make: Callable[[], T]) -> T:
    with _lock:
        kept = get_default_graph().get_collection_ref(key)
        if not kept:
            kept.append(make())
        found: T = kept[0]
        return found


def get_variable_scope() -> VariableScope:
    """Returns the open variable scope. Mirrors `tf.get_variable_scope`."""
    return open_scopes().current


@contextlib.contextmanager
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
) -> Iterator[VariableScope]:
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
    with contextlib.ExitStack() as stack:
        graph = stack.enter_context(graph_of(values or ()).as_default())
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
            changes |= {"name": full, "original_name_scope": original}
            new = scopes.current.copy(reuse or scopes.current.reuse, constraint, **changes)
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


@contextlib.contextmanager
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
) -> Iterator[VariableScope]:
    """Opens a variable scope; the older spelling of `variable_scope`. Mirrors `tf.variable_op_scope`."""
    with variable_scope(
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
    ) as scope:
        yield scope


def check_supported(partitioner: Any, use_resource: bool | None) -> None:
    """Raises NotImplementedError when partitioned or resource variables are asked for."""
    if partitioner is not None:
        raise NotImplementedError("Partitioned variables are not supported; leave partitioner out.")
    if use_resource:
        raise NotImplementedError("Resource variables are not supported; leave use_resource out.")


def _nested_getter(inner: Callable[..., Any], outer: Callable[..., Any]) -> Callable[..., Any]:
    """A getter that calls `inner`, for which the real getter is `outer`."""
    return lambda getter, *args, **kwargs: inner(functools.partial(outer, getter), *args, **kwargs)
