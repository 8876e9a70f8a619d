"""Default arguments for many calls at once. Mirrors `tf.contrib.framework`."""

from __future__ import annotations

import contextlib
import contextvars
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, ParamSpec, TypeVar

from graphlab.graph.missing import refuse_unknown as _refuse_unknown

P = ParamSpec("P")
R = TypeVar("R")
Defaults = Mapping[str, Mapping[str, Any]]

_defaults: Final[contextvars.ContextVar[Defaults]] = contextvars.ContextVar("defaults", default=MappingProxyType({}))
_takers: Final[set[str]] = set()


def add_arg_scope(function: Callable[P, R]) -> Callable[P, R]:
    """Decorator: lets `arg_scope` set arguments of a function. Mirrors `tf.contrib.framework.add_arg_scope`."""
    key = _key(function)
    _takers.add(key)

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        merged: Any = {**_defaults.get().get(key, {}), **kwargs}
        return function(*args, **merged)

    return call


@contextlib.contextmanager
def arg_scope(list_ops_or_scope: Iterable[Callable[..., Any]] | Defaults, **kwargs: Any) -> Iterator[Defaults]:
    """Sets arguments for all calls of some functions inside. Mirrors `tf.contrib.framework.arg_scope`.

    Args:
        list_ops_or_scope: functions such as `tf.contrib.layers.fully_connected`; or what an earlier `arg_scope`
            yielded, to open it again.
        **kwargs: the arguments; a call's own come first.

    Yields:
        The scope, which can be opened again.

    Raises:
        ValueError: a function does not take part, or arguments come together with a scope to open again.
    """
    if isinstance(list_ops_or_scope, Mapping):
        if kwargs:
            raise ValueError("When attempting to re-use a scope by suppling a dictionary, kwargs must be empty.")
        scope = list_ops_or_scope
    else:
        changed = dict(_defaults.get())
        for function in list_ops_or_scope:
            key = _key(function)
            if key not in _takers:
                raise ValueError(f"{key} is not decorated with @add_arg_scope. Decorate it, or pass its arguments.")
            changed[key] = {**changed.get(key, {}), **kwargs}
        scope = changed
    token = _defaults.set(scope)
    try:
        yield scope
    finally:
        _defaults.reset(token)


def _key(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


__getattr__ = _refuse_unknown(globals())
