"""Any JAX function as a graph: its jaxpr, with named scopes and nested functions as scopes.

What XLA's cost analysis says of each operation stands in the attributes `flops` and `bytes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.extend.core import ClosedJaxpr, Jaxpr, JaxprEqn, Literal, Var
from tensorboard.compat.proto.graph_debug_info_pb2 import GraphDebugInfo
from tensorboard.compat.proto.graph_pb2 import GraphDef

from labext.sources.jax_arguments import flatten_arguments
from labext.sources.jax_costs import CostTable
from labext.sources.jax_nodes import NodeWriter

_INLINED = frozenset({"pjit", "jit", "closed_call", "core_call", "custom_jvp_call", "custom_vjp_call", "checkpoint"})
"""Primitives whose only jaxpr takes their operands one by one: what flows in and out needs no nodes of its own."""

_BACKWARD = "gradients"


class JaxGraph:
    """The graph of a JAX function, called with example arguments. The function is traced, not run.

    Args:
        function: anything that ``jax.make_jaxpr`` takes; also one whose arguments hold functions and other
            things that are no arrays, as equinox's modules do.
        args: example arguments; arrays may be ``jax.ShapeDtypeStruct``.
        kwargs: likewise, by name.
    """

    def __init__(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        flat = flatten_arguments(function, args, kwargs)
        closed = jax.make_jaxpr(flat.function)(*flat.leaves)
        self._nodes = NodeWriter()
        self._costs = CostTable()
        inputs = [
            self._nodes.add(name, "Placeholder", [], [leaf], {})
            for name, leaf in zip(flat.names, closed.in_avals, strict=True)
        ]
        outputs = self._inline(closed, inputs, "")
        for number, (name, aval) in enumerate(zip(outputs, closed.out_avals, strict=True)):
            self._nodes.add("output" if len(outputs) == 1 else f"output_{number}", "Output", [name], [aval], {})

    @property
    def version(self) -> int:
        """Number of nodes."""
        return len(self._nodes.graph_def.node)

    def as_graph_def(self, from_version: int | None = None, add_shapes: bool = False) -> GraphDef:
        """Gives the nodes from number `from_version` on; shapes are always there."""
        del add_shapes
        return GraphDef(node=self._nodes.graph_def.node[from_version or 0 :])

    def as_graph_debug_info(self, from_version: int | None = None) -> GraphDebugInfo:
        """Gives the line of the user's code behind each node."""
        del from_version
        return self._nodes.debug_info

    def _inline(self, closed: ClosedJaxpr, inputs: Sequence[str], scope: str) -> list[str]:
        """Writes a jaxpr's nodes; names its inputs' and gives its outputs' tensors."""
        constants = [self._constant(value, _join(scope, "const")) for value in closed.consts]
        return self._write(closed.jaxpr, [*constants, *inputs], scope)

    def _write(self, jaxpr: Jaxpr, inputs: Sequence[str], scope: str) -> list[str]:
        names: dict[Var, str] = dict(zip([*jaxpr.constvars, *jaxpr.invars], inputs, strict=True))

        def read(atom: Var | Literal, near: str) -> str:
            return self._constant(atom.val, near) if isinstance(atom, Literal) else names[atom]

        visits = _Visits(scope, self._nodes)
        for eqn in jaxpr.eqns:
            around = visits.enter(readable_scope(str(eqn.source_info.name_stack)))
            operands = [read(atom, _join(around, f"{eqn.primitive.name}/{at}")) for at, atom in enumerate(eqn.invars)]
            names.update(zip(eqn.outvars, self._equation(eqn, operands, around), strict=True))
        return [read(atom, _join(scope, "const")) for atom in jaxpr.outvars]

    def _equation(self, eqn: JaxprEqn, operands: list[str], around: str) -> list[str]:
        primitive = eqn.primitive.name
        inner = _inner_jaxprs(eqn.params)
        if not inner:
            attributes = {key: str(value) for key, value in eqn.params.items() if value is not None} | self._costs.of(
                eqn
            )
            name = self._nodes.add(
                _join(around, primitive),
                primitive,
                operands,
                [var.aval for var in eqn.outvars],
                attributes,
                eqn.source_info,
            )
            return [name if at == 0 else f"{name}:{at}" for at in range(len(eqn.outvars))]
        is_inlined = primitive in _INLINED and len(inner[0][1].jaxpr.invars) == len(operands)
        if is_inlined and len(inner[0][1].jaxpr.eqns) == 1 and primitive.startswith("custom"):
            return self._inline(inner[0][1], operands, around)
        scope = self._nodes.unique(_join(around, _function_name(eqn, inner[0][1])))
        if is_inlined:
            return self._inline(inner[0][1], operands, scope)
        if primitive == "cond":
            return self._branches(eqn, inner, operands, scope)
        return self._loop(eqn, inner, operands, scope)

    def _branches(
        self, eqn: JaxprEqn, inner: list[tuple[str, ClosedJaxpr]], operands: list[str], scope: str
    ) -> list[str]:
        results = [self._inline(branch, operands[1:], f"{scope}/branch_{at}") for at, (_, branch) in enumerate(inner)]
        chosen = []
        for at, var in enumerate(eqn.outvars):
            ends = [operands[0], *(result[at] for result in results)]
            chosen.append(self._nodes.add(f"{scope}/choice", "Select", ends, [var.aval], {}, eqn.source_info))
        return chosen

    def _loop(self, eqn: JaxprEqn, inner: list[tuple[str, ClosedJaxpr]], operands: list[str], scope: str) -> list[str]:
        """Scan, while, and whatever else runs a jaxpr: what goes round enters by nodes of its own."""
        facts = ("length", "reverse", "num_carry", "num_consts")
        attributes: dict[str, str] = {key: str(eqn.params[key]) for key in facts if key in eqn.params}
        entries = [
            self._nodes.add(f"{scope}/enter", "Enter", [operand], [var.aval], attributes)
            for operand, var in zip(operands, eqn.invars, strict=True)
        ]
        results: list[str] = []
        for label, jaxpr in inner:
            part = scope if len(inner) == 1 else f"{scope}/{label.removesuffix('_jaxpr')}"
            results = self._inline(jaxpr, _entries_of(eqn, label, entries, len(jaxpr.jaxpr.invars)), part)
        outputs = []
        for at, var in enumerate(eqn.outvars):
            source = results[at] if at < len(results) else entries[-1] if entries else ""
            outputs.append(
                self._nodes.add(f"{scope}/exit", "Exit", [source] if source else [], [var.aval], {}, eqn.source_info)
            )
        return outputs

    def _constant(self, value: Any, name: str) -> str:
        array = np.asarray(value) if not isinstance(value, jax.Array) else value
        text = str(np.asarray(value)) if np.ndim(value) == 0 and not _is_key(array) else ""
        return self._nodes.add(name, "Const", [], [array], {"value": text} if text else {})


class _Visits:
    """Tells the visits of a named scope apart: `dense`, then `dense_1`, as TensorFlow's `name_scope` does.

    What runs backwards has one scope for all visits: which of the forward ones each belongs to is not known.
    """

    def __init__(self, scope: str, nodes: NodeWriter) -> None:
        self._scope = scope
        self._nodes = nodes
        self._open: list[tuple[str, str]] = []

    def enter(self, path: str) -> str:
        """Gives the scope of the next equation, whose name stack says `path`."""
        parts = path.split("/") if path else []
        if parts[:1] == [_BACKWARD]:
            return _join(self._scope, path)
        same = 0
        while same < min(len(parts), len(self._open)) and parts[same] == self._open[same][0]:
            same += 1
        del self._open[same:]
        for part in parts[same:]:
            around = self._open[-1][1] if self._open else self._scope
            self._open.append((part, self._nodes.unique(_join(around, part))))
        return self._open[-1][1] if self._open else self._scope


def _entries_of(eqn: JaxprEqn, label: str, entries: list[str], count: int) -> list[str]:
    """A while loop's two jaxprs share the carry, and each has constants of its own before it."""
    if eqn.primitive.name != "while":
        return entries[:count]
    condition, body = eqn.params["cond_nconsts"], eqn.params["body_nconsts"]
    constants = entries[:condition] if label == "cond_jaxpr" else entries[condition : condition + body]
    return [*constants, *entries[condition + body :]]


def _inner_jaxprs(params: dict[str, Any]) -> list[tuple[str, ClosedJaxpr]]:
    found = []
    for key, value in params.items():
        for one in value if isinstance(value, (tuple, list)) else [value]:
            if isinstance(one, ClosedJaxpr):
                found.append((key, one))
            elif isinstance(one, Jaxpr):
                found.append((key, ClosedJaxpr(one, ())))
    return found


def readable_scope(stack: str) -> str:
    """Writes a name stack as scopes: what a derivative runs backwards stands under ``gradients``.

    Example:
        >>> readable_scope("transpose(jvp(dense))/norm")
        'gradients/dense/norm'
    """
    parts = []
    is_backward = False
    for part in stack.split("/"):
        name = part
        while match := re.fullmatch(r"(transpose|jvp|vmap|rematted_computation)\((.*)\)", name):
            is_backward |= match[1] == "transpose"
            name = match[2]
        parts.append(name)
    return "/".join(part for part in [_BACKWARD if is_backward else "", *parts] if part)


def _function_name(eqn: JaxprEqn, inner: ClosedJaxpr) -> str:
    if eqn.primitive.name in {"scan", "while", "cond"}:
        return str(eqn.primitive.name)
    name = eqn.params.get("name") or getattr(inner.jaxpr.debug_info, "func_name", "") or eqn.primitive.name
    return re.sub(r"[^\w.-]+", "", str(name)) or str(eqn.primitive.name)


def _is_key(value: Any) -> bool:
    return bool(jnp.issubdtype(value.dtype, jax.dtypes.prng_key))


def _join(scope: str, name: str) -> str:
    return "/".join(part for part in (scope, name) if part)
