"""The nodes of a Saver: `save/SaveV2`, `save/RestoreV2`, an assignment for each variable. Names and order are TensorFlow's."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Final

from tensorboard.compat.proto import saver_pb2

from graphlab.graph.devices import canonical
from graphlab.graph.tensor import Operation, Tensor
from graphlab.ops import arrays, build, control, state, strings
from graphlab.ops.constant import constant
from graphlab.ops.scopes import control_dependencies, device, name_scope
from graphlab.ops.selecting import where
from graphlab.train.saveables import Saveable

_DEFAULT_FILENAME: Final = "model"
_CPU: Final = "/device:CPU:0"


def add_saver_nodes(
    saved: Sequence[Saveable],
    reshape: bool = False,
    sharded: bool = False,
    max_to_keep: int = 5,
    keep_checkpoint_every_n_hours: float = 10000.0,
    name: str | None = None,
    filename: str | None = None,
) -> saver_pb2.SaverDef:
    """Adds the nodes that save and restore variables to the default graph.

    Args:
        saved: the variables.
        reshape: whether a stored value takes the shape of the variable.
        sharded: whether the variables of each device get a file of their own.
        max_to_keep: goes into the message.
        keep_checkpoint_every_n_hours: goes into the message.
        name: the name scope; default `save`.
        filename: the path to use when none is fed.

    Returns:
        A `SaverDef`, which names the nodes.
    """
    with name_scope(name, "save", [s.ref.op for s in saved]):
        path = arrays.placeholder_with_default(filename or _DEFAULT_FILENAME, shape=(), name="filename")
        # TensorFlow keeps the name that this node had when it was a constant.
        path = arrays.placeholder_with_default(path, shape=(), name="Const")
        if sharded:
            shards = _by_device(saved)
            saved_path = _save_in_shards(path, shards)
            restored = _restore_from_shards(path, shards, reshape)
        else:
            saved_path = _save(path, saved)
            restored = _restore(path, saved, reshape, "restore_all")
    return saver_pb2.SaverDef(
        filename_tensor_name=path.name,
        save_tensor_name=saved_path.name,
        restore_op_name=restored.name,
        max_to_keep=max_to_keep,
        sharded=sharded,
        keep_checkpoint_every_n_hours=keep_checkpoint_every_n_hours,
        version=saver_pb2.SaverDef.V2,
    )


def _save(path: Tensor, saved: Sequence[Saveable]) -> Tensor:
    names = [s.name for s in saved]
    op = build.add("SaveV2", path, names, [""] * len(names), [s.ref for s in saved])
    result: Tensor = control.with_dependencies([op], path)
    return result


def _restore(path: Tensor, saved: Sequence[Saveable], reshape: bool, name: str) -> Operation:
    names = [s.name for s in saved]
    with device("cpu:0"):
        kinds = [s.ref.dtype.base_dtype for s in saved]
        values = build.add("RestoreV2", path, names, [""] * len(names), dtypes=kinds)
    assignments = []
    for (_, ref), value in zip(saved, values, strict=True):
        if reshape:
            shape: Any = ref.shape if ref.shape.is_fully_defined() else arrays.shape(ref)
            assigned = state.assign(ref, arrays.reshape(value, shape), validate_shape=False)
        else:
            assigned = state.assign(ref, value, validate_shape=ref.shape.is_fully_defined())
        assignments.append(assigned)
    return control.group(*assignments, name=name)


Shards = list[tuple[str, list[Saveable]]]


def _by_device(saved: Sequence[Saveable]) -> Shards:
    shards: dict[str, list[Saveable]] = {}
    for item in saved:
        shards.setdefault(canonical(item.ref.device), []).append(item)
    return sorted(shards.items())


def _save_in_shards(path: Tensor, shards: Shards) -> Tensor:
    """Saves each shard under a temporary path and then merges their indices."""
    with device("CPU"):
        is_bucket = strings.regex_full_match(path, "^s3://.*")
        suffix = where(is_bucket, constant(".part"), constant(os.path.normpath("_temp/part")))
        temporary = strings.string_join([path, suffix])
    count = constant(len(shards), name="num_shards")
    paths, saves = [], []
    where_last = ""
    for number, (place, saved) in enumerate(shards):
        where_last = _on_cpu(place)
        with device(where_last):
            shard_path = build.add("ShardedFilename", temporary, number, count)
            paths.append(shard_path)
            saves.append(_save(shard_path, saved))
    with control_dependencies([s.op for s in saves]), device(where_last):
        merged = build.add("MergeV2Checkpoints", paths, path, delete_old_dirs=True)
        with control_dependencies([merged]):
            return arrays.identity(path)


def _restore_from_shards(path: Tensor, shards: Shards, reshape: bool) -> Operation:
    restored = []
    for place, saved in shards:
        with device(place):
            restored.append(_restore(path, saved, reshape, "restore_shard"))
    return control.group(*restored, name="restore_all")


def _on_cpu(place: str) -> str:
    """A device string that names the first CPU instead of whatever device it names."""
    return place.partition("/device:")[0] + _CPU
