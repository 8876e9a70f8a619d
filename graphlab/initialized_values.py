"""Initial values that depend on other variables, made safe against the order of initialisation.

A variable that starts from another one must not read it before that one is initialised. So each read is replaced by
a conditional: the variable's value if it has one, else its own initial value.
"""

from __future__ import annotations

from typing import Any

from graphlab.graph.collections import GraphKeys
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import state
from graphlab.ops.conditionals import cond

_VARIABLE_TYPES = ("Variable", "VariableV2")
# Where one of these asks for a variable's buffer, it does not read the value.
_KEPT_TYPES = ("IsVariableInitialized",)


def initialized_value(variable: Any) -> Tensor:
    """Returns a variable's value if it is initialised, else its initial value."""
    result: Tensor = cond(state.is_variable_initialized(variable), variable.read_value, lambda: variable.initial_value)
    return result


def guarded(scope: str, initial_value: Tensor) -> Tensor:
    """Returns an initial value that reads no variable that may not be initialised.

    Args:
        scope: the name scope of the new variable, with a trailing `/`; copied nodes end in its name.
        initial_value: the initial value as the user gave it.
    """
    order = _upstream(initial_value.op)
    if order is None or not any(op.type in _VARIABLE_TYPES for op in order):
        return initial_value
    copies: dict[Operation, Operation] = {}
    for op in order:
        copies[op] = _guarded_operation(scope, op, copies)
    return copies[initial_value.op].outputs[initial_value.value_index]


def _guarded_operation(scope: str, op: Operation, copies: dict[Operation, Operation]) -> Operation:
    if op.type in _KEPT_TYPES:
        return op
    if op.type in _VARIABLE_TYPES:
        variable = _variable_of(op)
        return op if variable is None else variable.initialized_value().op
    inputs = [copies[t.op].outputs[t.value_index] for t in op.inputs]
    if all(new is old for new, old in zip(inputs, op.inputs, strict=True)):
        return op
    op_type = "Switch" if op.type == "RefSwitch" else op.type
    name = f"{op.name}_{scope}".replace(":", "_")
    return op.graph.add_op(op_type, inputs, op.attr, name)


def _variable_of(op: Operation) -> Any:
    for key in (GraphKeys.GLOBAL_VARIABLES, GraphKeys.LOCAL_VARIABLES):
        for variable in op.graph.get_collection(key):
            if variable.name == f"{op.name}:0":
                return variable
    return None


def _upstream(last: Operation) -> list[Operation] | None:
    """The operations that one depends on by data, inputs before consumers; None if there is a cycle."""
    order: dict[Operation, None] = {}
    started: set[Operation] = set()
    stack = [(last, False)]
    while stack:
        op, is_done = stack.pop()
        if is_done:
            order[op] = None
        elif op not in order:
            if op in started:
                return None
            started.add(op)
            stack.append((op, True))
            if op.type not in (*_VARIABLE_TYPES, *_KEPT_TYPES):
                stack.extend((t.op, False) for t in reversed(op.inputs) if t.op not in order)
    return list(order)
