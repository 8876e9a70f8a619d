"""The ops that write and read checkpoints: SaveV2, RestoreV2 and what sharded saving needs besides."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from graphlab.graph import dtypes, errors
from graphlab.graph.registry import Effect, register
from graphlab.graph.shapes import UNKNOWN
from graphlab.graph.tensor import Operation, Tensor, failed
from graphlab.io.bundle_merge import merge_bundles
from graphlab.io.bundle_writer import write_bundle
from graphlab.io.checkpoint_files import CheckpointFile, open_checkpoint
from graphlab.io.durable_files import explained
from graphlab.ops.deferred import Deferred
from graphlab.ops.shape_rules import nothing, scalar

_DEFERRED_BYTES: Final = 1 << 24


@contextlib.contextmanager
def _about(node: Any) -> Iterator[None]:
    """Lets errors about files say which operation met them."""
    try:
        yield
    except errors.OpError as error:
        raise failed(type(error), node, error.message) from error


def _save(k: Any, prefix: Any, names: Any, slices: Any, *tensors: Any) -> tuple[()]:
    with _about(k.node):
        _check_whole(slices)
        path = _text(prefix)
        # As in TensorFlow one level is made, which saving in shards needs for its temporary folder.
        with explained(path):
            Path(path).parent.mkdir(exist_ok=True)
        write_bundle(path, [_text(name) for name in names], [np.asarray(t) for t in tensors])
    return ()


register(
    "SaveV2",
    "prefix: string, tensor_names: string, shape_and_slices: string, tensors: list(dtypes) ->",
    shape=nothing,
    lower=_save,
    effect=Effect.HOST,
)


class StoredTensor(Deferred):
    """A tensor in a checkpoint that is read when the run commits."""

    def __init__(self, reader: CheckpointFile, name: str, node: Operation) -> None:
        entry = reader.entries[name]
        assert entry.dtype is not None
        self.shape = entry.shape
        self.dtype = entry.dtype.numpy
        self._reader = reader
        self._name = name
        self._node = node
        self._is_checked = False

    def check(self) -> None:
        """See `BundleReader.read` for the errors."""
        with _about(self._node):
            self._reader.check(self._name)
        self._is_checked = True

    def load(self) -> np.ndarray[Any, Any]:
        """See `BundleReader.read` for the errors; after a check that succeeded they say that the file has changed."""
        try:
            with _about(self._node):
                return self._reader.read(self._name)
        except errors.OpError as error:
            if not self._is_checked:
                raise
            raise failed(
                type(error),
                self._node,
                f"The checkpoint {self._reader.prefix} changed while it was restored: tensor {self._name} was whole before, "
                "and is not any more. The variables whose turn had come are uninitialised now, the others "
                f"are as they were. Restore another checkpoint, or run the initializer. ({error.message})",
            ) from error


def _restore(k: Any, prefix: Any, names: Any, slices: Any) -> tuple[Any, ...]:
    path = _text(prefix)
    wanted = [_text(name) for name in names]
    with _about(k.node):
        _check_whole(slices)
        reader = open_checkpoint(path)
        check_present(reader, wanted)
        for name, dtype in zip(wanted, k.attr["dtypes"], strict=True):
            stored = reader.entries[name].dtype_name
            if stored != dtype.name:
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    f"tensor_name = {name}; expected dtype {dtype.name} does not equal original dtype {stored} in {path}",
                )
        deferred = set()
        if sum(reader.entries[name].size for name in wanted) >= _DEFERRED_BYTES:
            deferred = _only_assigned(k.node)
        return tuple(
            StoredTensor(reader, name, k.node) if output in deferred else reader.read(name)
            for name, output in zip(wanted, k.node.outputs, strict=True)
        )


register(
    "RestoreV2",
    "prefix: string, tensor_names: string, shape_and_slices: string -> tensors: list(dtypes)",
    shape=lambda op: [UNKNOWN] * len(op.attr["dtypes"]),
    lower=_restore,
    effect=Effect.HOST,
)


def _only_assigned(op: Operation) -> set[Tensor]:
    """The outputs, except strings, that nothing but assignments takes."""
    others = {t for reader in op.graph.get_operations() if reader.type != "Assign" for t in reader.inputs}
    return {t for t in op.outputs if t.dtype is not dtypes.string and t not in others}


def _restore_slice(k: Any, pattern: Any, name: Any, part: Any) -> Any:
    with _about(k.node):
        _check_whole([part])
        value = open_checkpoint(_text(pattern)).read(_text(name))
    if value.dtype != k.out:
        raise ValueError(f"{_text(name)} is {value.dtype} in the checkpoint, not {k.out}.")
    return value


def _save_slices(k: Any, *_: Any) -> Any:
    raise failed(
        errors.UnimplementedError,
        k.node,
        "TensorFlow's first format of checkpoints is read here, not written. Save with a new tf.train.Saver().",
    )


register(
    "RestoreSlice",
    "file_pattern: string, tensor_name: string, shape_and_slice: string -> tensor: dt",
    dt=dtypes.EVERY,
    preferred_shard=-1,
    shape=lambda op: UNKNOWN,
    lower=_restore_slice,
    effect=Effect.HOST,
)

register(
    "SaveSlices",
    "filename: string, tensor_names: string, shapes_and_slices: string, data: list(T) ->",
    shape=nothing,
    lower=_save_slices,
    effect=Effect.HOST,
)


def check_present(reader: CheckpointFile, names: list[str]) -> None:
    """Raises NotFoundError unless a checkpoint has all tensors, saying which it lacks and which it has besides."""
    missing = sorted(name for name in names if name not in reader.entries)
    if not missing:
        return
    others = [name for name in reader.entries if name not in names]
    besides = f" It has besides: {_listed(others)}." if others else ""
    raise errors.NotFoundError(
        None,
        None,
        f"Key {missing[0]} not found in checkpoint {reader.prefix}. It lacks: {_listed(missing)}.{besides} "
        "Pass tf.train.Saver a dict from names in the checkpoint to variables, or a list of the variables it has.",
    )


register(
    "ShardedFilename",
    "basename: string, shard: int32, num_shards: int32 -> filename: string",
    shape=scalar,
    lower=lambda k, basename, shard, shards: _string(f"{_text(basename)}-{int(shard):05d}-of-{int(shards):05d}"),
)

register(
    "ShardedFilespec",
    "basename: string, num_shards: int32 -> filename: string",
    shape=scalar,
    lower=lambda k, basename, shards: _string(f"{_text(basename)}-?????-of-{int(shards):05d}"),
)


def _merge(k: Any, prefixes: Any, destination: Any) -> tuple[()]:
    parts = [_text(prefix) for prefix in prefixes]
    target = _text(destination)
    with _about(k.node), explained(target):
        merge_bundles(parts, target, bool(k.attr["allow_missing_files"]))
        if k.attr["delete_old_dirs"]:
            for folder in {Path(part).parent for part in parts} - {Path(target).parent}:
                with contextlib.suppress(OSError):
                    folder.rmdir()
    return ()


register(
    "MergeV2Checkpoints",
    "checkpoint_prefixes: string, destination_prefix: string ->",
    shape=nothing,
    lower=_merge,
    effect=Effect.HOST,
    delete_old_dirs=True,
    allow_missing_files=False,
)


def _check_whole(slices: Any) -> None:
    if any(_text(s) for s in slices):
        raise errors.UnimplementedError(
            None, None, "Saving and restoring slices of variables is not supported. Save each variable whole."
        )


def _listed(names: list[str], most: int = 20) -> str:
    shown = ", ".join(sorted(names)[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def _text(value: Any) -> str:
    item = value.item() if isinstance(value, np.ndarray) else value
    return item.decode("utf-8", "surrogateescape") if isinstance(item, bytes) else str(item)


def _string(text: str) -> np.ndarray[Any, Any]:
    return np.array(text.encode("utf-8", "surrogateescape"), object)
