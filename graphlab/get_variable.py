"""`tf.get_variable`: makes or finds a variable by its name in the open variable scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import as_dtype
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import name_scope
from graphlab.variable_scope_stack import check_supported, get_variable_scope, variable_store
from graphlab.variables import Variable


def get_variable(
    name: str,
    shape: Any = None,
    dtype: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool | None = None,
    collections: Iterable[str] | None = None,
    caching_device: Any = None,
    partitioner: Any = None,
    validate_shape: bool = True,
    use_resource: bool | None = None,
    custom_getter: Callable[..., Any] | None = None,
    constraint: Callable[[Any], Any] | None = None,
) -> Variable:
    """Returns the variable of that name in the open variable scope, or makes it. Mirrors `tf.get_variable`.

    Whether it has to exist is up to the scope's `reuse`. The name scope has no influence on the name.

    Args:
        name: the name within the variable scope.
        shape: the shape; left out where the initializer is a value.
        dtype: the element type; default the scope's, float32 at first.
        initializer: an initializer, a function without arguments, a value or a tensor; default the scope's, at first
            Glorot's uniform one, zeros for integers.
        regularizer: maps the new variable to a loss, which is listed in `tf.GraphKeys.REGULARIZATION_LOSSES`.
        trainable: whether optimizers may change the variable; default True.
        collections: the collections that list it; default `tf.GraphKeys.GLOBAL_VARIABLES`.
        caching_device: the device on which to read it; default its own.
        partitioner: not supported.
        validate_shape: whether the initial value's shape must be fully known.
        use_resource: must not be True.
        custom_getter: a function that is called with the real getter and all arguments, and returns a variable.
        constraint: a function from the updated value to the value to keep.

    Raises:
        ValueError: the variable exists and may not, or does not and should, or with another shape or type; or
            shape, type and initializer do not go together.
        NotImplementedError: an argument is not supported.
    """
    check_supported(partitioner, use_resource)
    scope = get_variable_scope()
    getter = scope.custom_getter if custom_getter is None else custom_getter
    if getter is not None and not callable(getter):
        raise ValueError(f"Passed a custom_getter which is not callable: {getter}")
    arguments = {
        "shape": shape,
        "dtype": scope.dtype if dtype is None else dtype,
        "initializer": scope.initializer if initializer is None else initializer,
        "regularizer": scope.regularizer if regularizer is None else regularizer,
        "reuse": scope.reuse,
        "trainable": trainable,
        "collections": collections,
        "caching_device": scope.caching_device if caching_device is None else caching_device,
        "validate_shape": validate_shape,
        "constraint": scope.constraint if constraint is None else constraint,
    }
    full_name = f"{scope.name}/{name}" if scope.name else name
    # Names of variables depend on the variable scope alone.
    with name_scope(""):
        if dtype is not None and initializer is not None and not callable(initializer):
            kind = convert_to_tensor(initializer).dtype.base_dtype
            if kind != as_dtype(dtype):
                raise ValueError(
                    f"Initializer type '{kind}' and explicit dtype '{as_dtype(dtype)}' of variable {full_name} "
                    "don't match. Leave dtype out, or convert the initializer."
                )
        store = variable_store()
        if getter is None:
            return store.get(full_name, **arguments)
        variable: Variable = getter(store.get, name=full_name, **arguments)
        return variable


def get_local_variable(*args: Any, **kwargs: Any) -> Variable:
    """Returns or makes a variable that is not trained and not saved. Mirrors `tf.get_local_variable`."""
    kwargs["trainable"] = False
    kwargs["collections"] = [*(kwargs.get("collections") or ()), GraphKeys.LOCAL_VARIABLES]
    return get_variable(*args, **kwargs)
