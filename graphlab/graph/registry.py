"""The op registry: one record for each op type holds its signature, shape rule, lowering, gradient and effect."""

from __future__ import annotations

import difflib
import enum
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from graphlab.graph import dtypes
from graphlab.graph.dtypes import DType


class Effect(enum.Enum):
    """What running an op does beside computing its outputs."""

    NONE = "none"
    READS = "reads"  # reads a variable
    WRITES = "writes"  # writes a variable
    RANDOM = "random"  # advances a random stream
    FLOW = "flow"  # decides which operations run, and how often
    LIST = "list"  # works on a list behind a handle
    HOST = "host"  # must run in Python: prints, calls back, touches files


@dataclass(frozen=True, slots=True)
class Arg:
    """One input or output in an op's signature.

    Attributes:
        name: TensorFlow's name of the argument.
        dtype: the fixed element type, or None when an attribute decides it.
        type_attr: the attribute that holds the element type, or the list of types when `is_list`.
        count_attr: the attribute that holds how many tensors of one type the argument has.
        is_ref: whether the argument is a variable's buffer.
        is_list: whether the argument is a list of tensors of several types.
    """

    name: str
    dtype: DType | None = None
    type_attr: str | None = None
    count_attr: str | None = None
    is_ref: bool = False
    is_list: bool = False


class Kernel:
    """What a lowering sees of its node: array namespace, attributes, variables and random streams.

    Attributes:
        xp: the array namespace: `numpy`, or `jax.numpy` while a program is compiled.
        attr: the node's attributes.
        name: the node's name.
        out: the NumPy dtype of the first output (of a reference: of what it refers to).
        state: the variables of the session by name; writing an entry assigns the variable.
        draw: reserves samples of the node's random stream and returns `(seed, seed2, offset)`.
    """

    __slots__ = ("attr", "draw", "name", "node", "out", "state", "xp")

    def __init__(self, node: Any, xp: Any, state: Any = None, draw: Any = None) -> None:
        self.node = node
        self.name: str = node.name
        self.attr: Mapping[str, Any] = node.attr
        self.out: np.dtype[Any] | None = node.outputs[0].dtype.numpy if node.outputs else None
        self.xp = xp
        self.state = state
        self.draw: Callable[[int], tuple[int, int, Any]] = draw


ShapeRule = Callable[[Any], Any]
Lowering = Callable[..., Any]
Gradient = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class OpDef:
    """Everything the engine knows of one op type.

    Attributes:
        type: TensorFlow's name of the op type.
        inputs: the input arguments.
        outputs: the output arguments.
        defaults: attributes that a node may leave out, with their values.
        allowed: for each type attribute the element types that it may hold.
        shape: maps the operation to the static shape of each output.
        lower: maps kernel and input arrays to the output array, or to a tuple of them.
        gradient: maps the operation and the gradients of its outputs to those of its inputs by adding
            nodes; None where the op cannot be differentiated.
        is_differentiable: False where asking for a gradient through the op is an error, as opposed to stopping there.
        effect: what running the op does beside computing.
    """

    type: str
    inputs: tuple[Arg, ...]
    outputs: tuple[Arg, ...]
    shape: ShapeRule
    lower: Lowering
    gradient: Gradient | None = None
    is_differentiable: bool = True
    effect: Effect = Effect.NONE
    defaults: Mapping[str, Any] = field(default_factory=dict)
    allowed: Mapping[str, tuple[DType, ...]] = field(default_factory=dict)


_OPS: Final[dict[str, OpDef]] = {}
_OPERATORS: Final[dict[str, Callable[..., Any]]] = {}


def register(
    op_type: str,
    signature: str,
    *,
    shape: ShapeRule,
    lower: Lowering,
    gradient: Gradient | None = None,
    stops_gradient: bool = False,
    effect: Effect = Effect.NONE,
    **attributes: Any,
) -> OpDef:
    """Registers an op type.

    Args:
        op_type: TensorFlow's name, for example `MatMul`.
        signature: arguments with their types, for example `a: T, b: T -> product: T`. A type is an attribute
            (`T`), a fixed element type (`int32`), `N*T` for N tensors of type T, `Ref(T)` for a variable's
            buffer, or `list(T)` for tensors of several types.
        shape: the shape rule, see `OpDef`.
        lower: the lowering, see `OpDef`.
        gradient: the gradient rule, see `OpDef`.
        stops_gradient: declares that no gradient flows through, as for `Shape` or `Less`.
        effect: what running the op does beside computing.
        **attributes: for a type attribute the tuple of element types it may hold; for any other the default value.

    Raises:
        ValueError: the op type is registered already.
    """
    if op_type in _OPS:
        raise ValueError(f"Op type {op_type!r} is registered twice.")
    inputs, outputs = (tuple(_parse_arg(a) for a in side.split(",") if a.strip()) for side in signature.split("->"))
    types = {a.type_attr for a in inputs + outputs} | {k for k, v in attributes.items() if _is_type_tuple(v)}
    definition = OpDef(
        op_type,
        inputs,
        outputs,
        shape,
        lower,
        gradient,
        is_differentiable=gradient is not None or stops_gradient,
        effect=effect,
        defaults={k: v for k, v in attributes.items() if k not in types},
        allowed={k: v for k, v in attributes.items() if k in types},
    )
    _OPS[op_type] = definition
    return definition


def lookup(op_type: str) -> OpDef:
    """Returns the record of an op type.

    Raises:
        NotImplementedError: there is none; the message lists near names.
    """
    found = _OPS.get(op_type)
    if found is None:
        raise NotImplementedError(f"Op type {op_type!r} is not available in Graph Lab.{near_names(op_type, _OPS)}")
    return found


def registered() -> Mapping[str, OpDef]:
    """All op types by name."""
    return _OPS


def near_names(name: str, known: Iterable[str]) -> str:
    """Returns a sentence that suggests what `name` was meant to be, or an empty string."""
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(repr(n) for n in near)}?" if near else ""


def operator(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator: makes a function the meaning of a Python operator on tensors, for example `add`."""

    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        _OPERATORS[name] = function
        return function

    return keep


def operators() -> Mapping[str, Callable[..., Any]]:
    """The functions behind Python's operators on tensors."""
    return _OPERATORS


def _is_type_tuple(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(v, DType) for v in value)


_ARG = re.compile(r"^\s*(?P<name>\w+)\s*:\s*(?:(?P<count>\w+)\s*\*\s*)?(?:(?P<wrap>Ref|list)\()?(?P<type>\w+)\)?\s*$")


def _parse_arg(text: str) -> Arg:
    match = _ARG.match(text)
    if match is None:
        raise ValueError(f"Cannot read the argument {text!r} of an op signature.")
    name, count, wrap, kind = match["name"], match["count"], match["wrap"], match["type"]
    fixed = dtypes.BY_NAME.get(kind)
    return Arg(name, fixed, None if fixed else kind, count, wrap == "Ref", wrap == "list")
