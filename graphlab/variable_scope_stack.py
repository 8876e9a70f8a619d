"""Which variable scope is open, and the defaults that it carries for `tf.get_variable`."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import float32
from graphlab.graph.graph import get_default_graph
from graphlab.variable_store import Reuse, VariableStore

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


def check_supported(partitioner: Any, use_resource: bool | None) -> None:
    """Raises NotImplementedError when partitioned or resource variables are asked for."""
    if partitioner is not None:
        raise NotImplementedError("Partitioned variables are not supported; leave partitioner out.")
    if use_resource:
        raise NotImplementedError("Resource variables are not supported; leave use_resource out.")


def _nested_getter(inner: Callable[..., Any], outer: Callable[..., Any]) -> Callable[..., Any]:
    """A getter that calls `inner`, for which the real getter is `outer`."""
    return lambda getter, *args, **kwargs: inner(functools.partial(outer, getter), *args, **kwargs)
