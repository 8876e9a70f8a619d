"""Adds a node: converts its arguments, infers its type attributes and checks them, with TensorFlow's errors."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from graphlab.graph import registry
from graphlab.graph.dtypes import DType
from graphlab.graph.graph import graph_of
from graphlab.graph.registry import Arg, OpDef
from graphlab.graph.tensor import Operation, Tensor, located
from graphlab.ops.convert import convert_to_tensor


def add(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Any:
    """Adds a node and returns its output: one tensor, a list of tensors, or the operation when it has none.

    Args:
        op_type: the op type.
        *values: one value for each argument of the op's signature; lists where the signature has lists.
        name: the name; default the op type.
        **attrs: attributes that the arguments do not decide.

    Raises:
        TypeError: the element types of the arguments do not fit the signature.
        ValueError: the shapes do not fit.
    """
    op = add_op(op_type, *values, name=name, **attrs)
    definition = op.definition
    if not definition.outputs:
        return op
    if len(definition.outputs) == 1 and not (definition.outputs[0].count_attr or definition.outputs[0].is_list):
        return op.outputs[0]
    return list(op.outputs)


def add_op(op_type: str, *values: Any, name: str | None = None, **attrs: Any) -> Operation:
    """Adds a node and returns the operation; see `add`."""
    definition = registry.lookup(op_type)
    graph = graph_of([v for value in values for v in (value if isinstance(value, (list, tuple)) else (value,))])
    with graph.as_default(), graph.name_scope(name or op_type) as scope:
        tensors: list[Tensor] = []
        for arg, value in zip(definition.inputs, values, strict=True):
            tensors += _bind(definition, arg, value, attrs)
        for attr in definition.allowed:
            if attr in attrs and not isinstance(attrs[attr], list):
                _check_allowed(definition, attr, attr, attrs[attr])
        return graph.add_op(op_type, tensors, attrs, scope)


def _bind(definition: OpDef, arg: Arg, value: Any, attrs: dict[str, Any]) -> list[Tensor]:
    if arg.is_list:
        tensors = [convert_to_tensor(v, name=f"{arg.name}_{i}") for i, v in enumerate(value)]
        attrs[arg.type_attr or ""] = [t.dtype.base_dtype for t in tensors]
        return tensors
    if arg.count_attr:
        return _bind_many(definition, arg, value, attrs)
    return [_bind_one(definition, arg, value, attrs)]


def _bind_one(definition: OpDef, arg: Arg, value: Any, attrs: dict[str, Any]) -> Tensor:
    wanted: DType | None = arg.dtype or attrs.get(arg.type_attr or "")
    tensor = _convert(definition, arg, value, wanted, attrs)
    if arg.is_ref and not tensor.dtype.is_ref:
        raise TypeError(
            f"'{definition.type}' Op requires that input '{arg.name}' be a mutable tensor (e.g.: a tf.Variable), but it is {tensor!r}."
        )
    if arg.type_attr:
        if arg.type_attr not in attrs:
            _check_allowed(definition, arg.type_attr, arg.name, tensor.dtype.base_dtype)
        attrs[arg.type_attr] = tensor.dtype.base_dtype
    return tensor


def _convert(definition: OpDef, arg: Arg, value: Any, wanted: DType | None, attrs: dict[str, Any]) -> Tensor:
    if wanted is None:
        return _inferred(arg, value, definition.allowed.get(arg.type_attr or "", ()))
    actual = getattr(value, "dtype", None) if hasattr(value, "graph") else None
    if actual is None:
        try:
            return convert_to_tensor(value, dtype=wanted, name=arg.name, as_ref=arg.is_ref)
        except TypeError as error:
            if isinstance(value, Operation):
                raise
            raise TypeError(
                f"Expected {wanted.name} passed to parameter '{arg.name}' of op '{definition.type}', got {value!r} of type "
                f"'{type(value).__name__}' instead. Error: {error}"
            ) from None
    tensor = convert_to_tensor(value, name=arg.name, as_ref=arg.is_ref)
    if tensor.dtype.base_dtype is not wanted:
        raise TypeError(_mismatch(definition, arg, tensor, wanted))
    return tensor


def _inferred(arg: Arg, value: Any, allowed: Sequence[DType]) -> Tensor:
    """Converts a value whose type is free: first to its own type, and if that does not fit to the default one."""
    preferred = _only(allowed)
    if preferred is None:
        return convert_to_tensor(value, name=arg.name, as_ref=arg.is_ref)
    with contextlib.suppress(TypeError):
        tensor = convert_to_tensor(value, name=arg.name, as_ref=arg.is_ref)
        if tensor.dtype.base_dtype in allowed:
            return tensor
    return convert_to_tensor(value, name=arg.name, preferred_dtype=preferred, as_ref=arg.is_ref)


def _mismatch(definition: OpDef, arg: Arg, tensor: Tensor, wanted: DType) -> str:
    got = tensor.dtype.base_dtype.name
    message = f"Input '{arg.name}' of '{definition.type}' Op has type {got} that does not match "
    if arg.dtype:
        message += f"expected type of {wanted.name}."
    else:
        first = next(a.name for a in definition.inputs if a.type_attr == arg.type_attr)
        message += f"type {wanted.name} of argument '{first}'."
    return (
        f"{message} Types never change by themselves: tf.cast(x, tf.{wanted.name}) makes one of {got} fit.\n"
        f"It came from operation {located(tensor.op)}"
    )


def _bind_many(definition: OpDef, arg: Arg, value: Any, attrs: dict[str, Any]) -> list[Tensor]:
    if not isinstance(value, (list, tuple)):
        raise TypeError(f"Expected list for '{arg.name}' argument to '{definition.type}' Op, not {value!r}.")
    wanted: DType | None = arg.dtype or attrs.get(arg.type_attr or "") or _first_dtype(value)
    tensors = [convert_to_tensor(v, name=f"{arg.name}_{i}", preferred_dtype=wanted) for i, v in enumerate(value)]
    if not tensors:
        raise ValueError(f"'{definition.type}' Op needs at least one tensor in '{arg.name}'.")
    types = [t.dtype.base_dtype for t in tensors]
    kind = wanted or types[0]
    if any(t is not kind for t in types):
        raise TypeError(
            f"Tensors in list passed to '{arg.name}' of '{definition.type}' Op have types [{', '.join(t.name for t in types)}] "
            f"that {'do not all match.' if arg.dtype is None else f'do not match expected type {kind.name}.'} Use tf.cast."
        )
    if arg.type_attr:
        _check_allowed(definition, arg.type_attr, arg.name, kind)
        attrs[arg.type_attr] = kind
    attrs[arg.count_attr or ""] = len(tensors)
    return tensors


def _first_dtype(values: Sequence[Any]) -> DType | None:
    for value in values:
        if hasattr(value, "graph"):
            dtype: DType = value.dtype
            return dtype.base_dtype
    return None


def _only(allowed: Sequence[DType]) -> DType | None:
    """The type to try first for a Python value, as for index arguments."""
    return allowed[0] if len(allowed) <= 2 and allowed else None


def _check_allowed(definition: OpDef, attr: str, name: str, dtype: DType) -> None:
    allowed = definition.allowed.get(attr)
    if allowed and dtype not in allowed:
        raise TypeError(
            f"Value passed to parameter '{name}' has DataType {dtype.name} not in list of allowed values: {', '.join(t.name for t in allowed)}"
        )
