"""Ops that change some rows of a variable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from graphlab.graph.dtypes import EVERY, INDICES, NUMBERS
from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import build
from graphlab.ops.gathering import check_indices

_SIGNATURE = "ref: Ref(T), indices: Tindices, updates: T -> output_ref: Ref(T)"


def _scatter_shape(op: Operation) -> TensorShape:
    ref, indices, updates = (t.shape for t in op.inputs)
    if ref.ndims is not None and ref.ndims > 0 and updates.ndims != 0:
        updates.merge_with(indices.concatenate(ref[1:]))
    return ref


def _scatter(op_type: str, on_numpy: Callable[..., None], on_device: str, kinds: Any, use_locking: bool) -> None:
    def lower(k: Any, ref: str, indices: Any, updates: Any) -> str:
        old = k.state[ref]
        check_indices(k, indices, old.shape[0])
        if k.xp is np:
            new = np.array(old)
            on_numpy(new, indices, updates)
            k.state[ref] = new
        else:
            k.state[ref] = getattr(k.xp.asarray(old).at[indices], on_device)(updates, mode="drop")
        return ref

    register(
        op_type,
        _SIGNATURE,
        T=kinds,
        Tindices=INDICES,
        use_locking=use_locking,
        shape=_scatter_shape,
        lower=lower,
        effect=Effect.WRITES,
        # In TensorFlow, asking for a gradient through the other three is an error.
        stops_gradient=op_type in ("ScatterAdd", "ScatterSub", "ScatterMul", "ScatterDiv"),
    )


def _set(rows: Any, indices: Any, updates: Any) -> None:
    rows[indices] = updates


_scatter("ScatterUpdate", _set, "set", EVERY, use_locking=True)
_scatter("ScatterAdd", np.add.at, "add", NUMBERS, use_locking=False)
_scatter("ScatterSub", np.subtract.at, "subtract", NUMBERS, use_locking=False)
_scatter("ScatterMul", np.multiply.at, "multiply", NUMBERS, use_locking=False)
_scatter("ScatterDiv", np.divide.at, "divide", NUMBERS, use_locking=False)
_scatter("ScatterMax", np.maximum.at, "max", NUMBERS, use_locking=False)
_scatter("ScatterMin", np.minimum.at, "min", NUMBERS, use_locking=False)


def scatter(op_type: str, ref: Any, indices: Any, updates: Any, use_locking: bool, name: str | None) -> Tensor:
    """Adds one of the scatter operations, and returns the variable's new value."""
    result: Tensor = build.add(op_type, ref, indices, updates, name=name, use_locking=use_locking)
    return result


def scatter_update(ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None) -> Tensor:
    """Writes rows of a variable, and returns the variable's new value. Mirrors `tf.scatter_update`.

    Args:
        ref: the variable.
        indices: the positions of the rows.
        updates: the rows, of shape `indices.shape + ref.shape[1:]`, or one number.
        use_locking: accepted for compatibility; a run is always atomic.
        name: the name of the operation.

    Raises:
        TypeError: `ref` is not a variable, or the types differ.
        ValueError: the shapes do not fit.
    """
    return scatter("ScatterUpdate", ref, indices, updates, use_locking, name)


def scatter_add(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Adds to rows of a variable, to a repeated one repeatedly. Mirrors `tf.scatter_add`; see `scatter_update`."""
    return scatter("ScatterAdd", ref, indices, updates, use_locking, name)


def scatter_sub(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Subtracts from rows of a variable. Mirrors `tf.scatter_sub`; see `scatter_update`."""
    return scatter("ScatterSub", ref, indices, updates, use_locking, name)


def scatter_mul(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Multiplies rows of a variable. Mirrors `tf.scatter_mul`; see `scatter_update`."""
    return scatter("ScatterMul", ref, indices, updates, use_locking, name)


def scatter_div(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Divides rows of a variable. Mirrors `tf.scatter_div`; see `scatter_update`."""
    return scatter("ScatterDiv", ref, indices, updates, use_locking, name)


def scatter_max(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Takes the larger of rows of a variable and updates. Mirrors `tf.scatter_max`; see `scatter_update`."""
    return scatter("ScatterMax", ref, indices, updates, use_locking, name)


def scatter_min(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Takes the smaller of rows of a variable and updates. Mirrors `tf.scatter_min`; see `scatter_update`."""
    return scatter("ScatterMin", ref, indices, updates, use_locking, name)


def _scatter_nd_shape(op: Operation) -> TensorShape:
    ref, indices, updates = (t.shape for t in op.inputs)
    if indices.ndims and indices.known[-1] is not None:
        updates.merge_with(indices[:-1].concatenate(ref[indices.known[-1] :]))
    return ref


def _scatter_nd(op_type: str, on_numpy: Callable[..., None], on_device: str, use_locking: bool) -> None:
    def lower(k: Any, ref: str, indices: Any, updates: Any) -> str:
        old = k.state[ref]
        where = tuple(indices[..., axis] for axis in range(indices.shape[-1]))
        for axis, positions in enumerate(where):
            check_indices(k, positions, old.shape[axis])
        if k.xp is np:
            new = np.array(old)
            on_numpy(new, where, updates)
            k.state[ref] = new
        else:
            k.state[ref] = getattr(k.xp.asarray(old).at[where], on_device)(updates, mode="drop")
        return ref

    register(
        op_type,
        _SIGNATURE,
        T=EVERY,
        Tindices=INDICES,
        use_locking=use_locking,
        bad_indices_policy="",
        shape=_scatter_nd_shape,
        lower=lower,
        effect=Effect.WRITES,
        stops_gradient=True,
    )


_scatter_nd("ScatterNdUpdate", _set, "set", use_locking=True)
_scatter_nd("ScatterNdAdd", np.add.at, "add", use_locking=False)
_scatter_nd("ScatterNdSub", np.subtract.at, "subtract", use_locking=False)


def scatter_nd_update(
    ref: Any, indices: Any, updates: Any, use_locking: bool = True, name: str | None = None
) -> Tensor:
    """Writes elements or slices of a variable. Mirrors `tf.scatter_nd_update`.

    Args:
        ref: the variable.
        indices: positions, of shape `[..., k]`: each vector of k integers names an element or slice.
        updates: what to write there, of shape `indices.shape[:-1] + ref.shape[k:]`.
        use_locking: accepted for compatibility; a run is always atomic.
        name: the name of the operation.

    Raises:
        ValueError: the shapes do not fit.
    """
    return scatter("ScatterNdUpdate", ref, indices, updates, use_locking, name)


def scatter_nd_add(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Adds to elements or slices of a variable. Mirrors `tf.scatter_nd_add`; see `scatter_nd_update`."""
    return scatter("ScatterNdAdd", ref, indices, updates, use_locking, name)


def scatter_nd_sub(ref: Any, indices: Any, updates: Any, use_locking: bool = False, name: str | None = None) -> Tensor:
    """Subtracts from elements or slices of a variable. Mirrors `tf.scatter_nd_sub`; see `scatter_nd_update`."""
    return scatter("ScatterNdSub", ref, indices, updates, use_locking, name)
