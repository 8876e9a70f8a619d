"""Looks into checkpoints without a graph. Mirrors `tf.train.list_variables` and its kin."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from graphlab.graph.dtypes import DType
from graphlab.io.checkpoint_files import open_checkpoint
from graphlab.train.checkpoint_state import latest_checkpoint


class CheckpointReader:
    """Gives the tensors of a checkpoint. Mirrors `tf.train.NewCheckpointReader`."""

    def __init__(self, filepattern: str) -> None:
        """Opens a checkpoint.

        Raises:
            tf.errors.NotFoundError: there is none.
            tf.errors.DataLossError: it is damaged.
        """
        self._reader = open_checkpoint(filepattern)

    def has_tensor(self, name: str) -> bool:
        """Whether there is a tensor of this name."""
        return name in self._reader.entries

    def get_tensor(self, name: str) -> Any:
        """Returns a tensor's value.

        Raises:
            tf.errors.NotFoundError: there is none of this name.
            tf.errors.DataLossError: it is damaged.
        """
        value = self._reader.read(name)
        return value if value.ndim else value[()]

    def get_variable_to_shape_map(self) -> dict[str, list[int]]:
        """Returns the shapes by name."""
        return {name: list(entry.shape) for name, entry in self._reader.entries.items()}

    def get_variable_to_dtype_map(self) -> dict[str, DType | None]:
        """Returns the element types by name; None for a type that this engine does not have."""
        return {name: entry.dtype for name, entry in self._reader.entries.items()}


def load_checkpoint(ckpt_dir_or_file: str | os.PathLike[str]) -> CheckpointReader:
    """Opens a checkpoint, or the latest one in a folder. Mirrors `tf.train.load_checkpoint`.

    Raises:
        ValueError: the folder has no checkpoint.
        tf.errors.NotFoundError: there is no such checkpoint.
        tf.errors.DataLossError: it is damaged.
    """
    path = os.fspath(ckpt_dir_or_file)
    if Path(path).is_dir():
        latest = latest_checkpoint(path)
        if latest is None:
            raise ValueError(f"Couldn't find 'checkpoint' file or checkpoints in given directory {path}")
        path = latest
    return CheckpointReader(path)


def list_variables(ckpt_dir_or_file: str | os.PathLike[str]) -> list[tuple[str, list[int]]]:
    """Returns names and shapes of what a checkpoint holds, sorted. Mirrors `tf.train.list_variables`."""
    return sorted(load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map().items())


def load_variable(ckpt_dir_or_file: str | os.PathLike[str], name: str) -> Any:
    """Returns the value of a variable in a checkpoint. Mirrors `tf.train.load_variable`."""
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name.removesuffix(":0"))
