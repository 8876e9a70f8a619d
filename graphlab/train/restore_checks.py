"""Compares the variables of a graph with what a checkpoint holds, before anything is read or assigned."""

from __future__ import annotations

from collections.abc import Iterator

from graphlab.graph import errors
from graphlab.graph.tensor import Operation, Tensor, failed
from graphlab.io.checkpoint_files import CheckpointFile
from graphlab.io.checkpoint_ops import check_present


def check_restorable(reader: CheckpointFile, restore_op: Operation) -> None:
    """Raises an error that lists all variables that a restoring operation cannot restore from a checkpoint.

    Args:
        reader: the checkpoint.
        restore_op: what runs the assignments.

    Raises:
        tf.errors.NotFoundError: the checkpoint lacks some.
        tf.errors.InvalidArgumentError: some have another shape or type there.
    """
    assigned = list(_assigned(restore_op))
    try:
        check_present(reader, [name for name, _, _ in assigned])
    except errors.NotFoundError as error:
        raise failed(errors.NotFoundError, restore_op, error.message) from None
    problems = []
    for name, ref, must_match in assigned:
        entry = reader.entries[name]
        dtype = ref.dtype.base_dtype
        if entry.dtype_name != dtype.name:
            problems.append(f"{name} is {dtype.name} in the graph, {entry.dtype_name} in the checkpoint")
        elif must_match and not ref.shape.is_compatible_with(entry.shape):
            problems.append(
                f"{name} has shape {_listed(ref.shape.as_list())} in the graph, {_listed(entry.shape)} in the checkpoint"
            )
    if problems:
        raise failed(
            errors.InvalidArgumentError,
            restore_op,
            f"The variables do not fit the checkpoint {reader.prefix}: {'; '.join(problems)}. "
            "Nothing was restored. Build the graph that was saved, or leave these variables out of the Saver's list.",
        )


def _assigned(restore_op: Operation) -> Iterator[tuple[str, Tensor, bool]]:
    """For each assignment the name in the checkpoint, the variable's buffer, and whether the shapes must agree."""
    seen: set[Operation] = set()
    stack = [restore_op]
    while stack:
        op = stack.pop()
        if op in seen:
            continue
        seen.add(op)
        stack += op.control_inputs
        if op.type != "Assign":
            continue
        value = op.inputs[1]
        if value.op.type == "Reshape":
            value = value.op.inputs[0]
        if value.op.type != "RestoreV2" or value.op.inputs[1].op.type != "Const":
            continue
        name = value.op.inputs[1].op.attr["value"].ravel()[value.value_index]
        yield name.decode(), op.inputs[0], op.attr["validate_shape"]


def _listed(shape: object) -> str:
    return str(list(shape)) if isinstance(shape, (list, tuple)) else str(shape)
