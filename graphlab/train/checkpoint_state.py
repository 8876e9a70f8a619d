"""The state file of a folder of checkpoints, which names the latest; mirrors TensorFlow's checkpoint management."""

from __future__ import annotations

import glob
import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from google.protobuf import text_format

from graphlab.graph import errors
from graphlab.io.bundle_entries import index_name
from graphlab.io.durable_files import locked_folder, replace_file
from graphlab.io.messages import CheckpointState

_LOG: Final = logging.getLogger("graphlab")
_STATE_NAME: Final = "checkpoint"
_LARGEST_STATE: Final = 1 << 26
_V2: Final = 2


def latest_checkpoint(checkpoint_dir: str | os.PathLike[str], latest_filename: str | None = None) -> str | None:
    """Returns the path of the latest checkpoint in a folder, or None. Mirrors `tf.train.latest_checkpoint`.

    Args:
        checkpoint_dir: the folder.
        latest_filename: the name of its state file; default `checkpoint`.
    """
    state = get_checkpoint_state(checkpoint_dir, latest_filename)
    if state is None:
        return None
    path = str(state.model_checkpoint_path)
    if checkpoint_exists(path):
        return path
    _LOG.error("Couldn't match files for checkpoint %s", path)
    return None


def get_checkpoint_state(checkpoint_dir: str | os.PathLike[str], latest_filename: str | None = None) -> Any:
    """Returns what a folder's state file says, with absolute or joined paths. Mirrors `tf.train.get_checkpoint_state`.

    Args:
        checkpoint_dir: the folder.
        latest_filename: the name of its state file; default `checkpoint`.

    Returns:
        A `CheckpointState`, or None if there is no such file or it cannot be read, which is logged.

    Raises:
        ValueError: the file names no checkpoint.
    """
    folder = os.fspath(checkpoint_dir)
    path = _state_path(folder, latest_filename)
    if not path.is_file():
        return None
    try:
        if path.stat().st_size > _LARGEST_STATE:
            raise ValueError(f"it has more than {_LARGEST_STATE} bytes")
        state: Any = text_format.Parse(path.read_text(encoding="utf-8"), CheckpointState())
    except (OSError, ValueError, text_format.ParseError, RecursionError) as error:
        _LOG.warning("%s: %s. Checkpoint ignored", path, error)
        return None
    if not state.model_checkpoint_path:
        raise ValueError(f"Invalid checkpoint state loaded from {folder}: it names no checkpoint.")
    state.model_checkpoint_path = str(Path(folder) / state.model_checkpoint_path)
    for index, other in enumerate(state.all_model_checkpoint_paths):
        state.all_model_checkpoint_paths[index] = str(Path(folder) / other)
    return state


def update_checkpoint_state(
    save_dir: str,
    model_checkpoint_path: str,
    all_model_checkpoint_paths: Sequence[str] | None = None,
    latest_filename: str | None = None,
    all_model_checkpoint_timestamps: Sequence[float] | None = None,
    last_preserved_timestamp: float | None = None,
) -> None:
    """Writes the state file of a folder. Mirrors `tf.train.update_checkpoint_state`.

    Args:
        save_dir: the folder.
        model_checkpoint_path: the latest checkpoint.
        all_model_checkpoint_paths: all checkpoints that are still there, oldest first.
        latest_filename: the name of the state file; default `checkpoint`.
        all_model_checkpoint_timestamps: seconds since the epoch of each of them.
        last_preserved_timestamp: seconds since the epoch of the last one kept for good.

    Raises:
        RuntimeError: a checkpoint has the path of the state file.
        tf.errors.OpError: the file cannot be written.
    """
    state = generate_checkpoint_state_proto(
        save_dir,
        model_checkpoint_path,
        all_model_checkpoint_paths,
        all_model_checkpoint_timestamps,
        last_preserved_timestamp,
    )
    path = _state_path(save_dir, latest_filename)
    if str(path) == state.model_checkpoint_path:
        raise RuntimeError(
            f"Save path '{model_checkpoint_path}' conflicts with path used for checkpoint state.  "
            "Please use a different save path."
        )
    replace_file(path, text_format.MessageToString(state, as_utf8=True).encode())


def generate_checkpoint_state_proto(
    save_dir: str,
    model_checkpoint_path: str,
    all_model_checkpoint_paths: Sequence[str] | None = None,
    all_model_checkpoint_timestamps: Sequence[float] | None = None,
    last_preserved_timestamp: float | None = None,
) -> Any:
    """Returns a `CheckpointState`; see `update_checkpoint_state` for the arguments.

    Mirrors `tf.train.generate_checkpoint_state_proto`: in a relative folder, relative paths become relative to it.

    Raises:
        ValueError: there are not as many times as paths.
    """
    paths = list(all_model_checkpoint_paths or ())
    if not paths or paths[-1] != model_checkpoint_path:
        paths.append(model_checkpoint_path)
    times = list(all_model_checkpoint_timestamps or ())
    if times and len(times) != len(paths):
        raise ValueError(
            "Checkpoint timestamps, if provided, must match checkpoint paths "
            f"(got paths {paths} and timestamps {times})"
        )

    def stored(path: str) -> str:
        is_free = Path(save_dir).is_absolute() or Path(path).is_absolute()
        return path if is_free else os.path.relpath(path, save_dir or ".")

    return CheckpointState(
        model_checkpoint_path=stored(model_checkpoint_path),
        all_model_checkpoint_paths=[stored(path) for path in paths],
        all_model_checkpoint_timestamps=times,
        last_preserved_timestamp=last_preserved_timestamp or 0.0,
    )


def checkpoint_exists(checkpoint_prefix: str) -> bool:
    """Returns whether there is a checkpoint at a path. Mirrors `tf.train.checkpoint_exists`."""
    return Path(index_name(checkpoint_prefix)).is_file() or Path(checkpoint_prefix).is_file()


def get_checkpoint_mtimes(checkpoint_prefixes: Sequence[str]) -> list[float]:
    """Returns when checkpoints were written, in seconds since the epoch; leaves out those that are not there.

    Mirrors `tf.train.get_checkpoint_mtimes`.
    """
    indices = [Path(index_name(prefix)) for prefix in checkpoint_prefixes]
    return [index.stat().st_mtime for index in indices if index.is_file()]


def remove_checkpoint(
    checkpoint_prefix: str, checkpoint_format_version: int = _V2, meta_graph_suffix: str = "meta"
) -> None:
    """Deletes the files of a checkpoint. Mirrors `tf.train.remove_checkpoint`.

    Args:
        checkpoint_prefix: its path.
        checkpoint_format_version: must be 2.
        meta_graph_suffix: the ending of the file with its graph.

    Raises:
        NotImplementedError: the format is another one.
    """
    if checkpoint_format_version != _V2:
        raise NotImplementedError("Checkpoints of format V1 are not supported; delete the file yourself.")
    path = Path(checkpoint_prefix)
    # The index goes first: without it the other files are no checkpoint.
    Path(index_name(checkpoint_prefix)).unlink(missing_ok=True)
    for data in path.parent.glob(f"{glob.escape(path.name)}.data-?????-of-?????"):
        data.unlink(missing_ok=True)
    Path(meta_graph_filename(checkpoint_prefix, meta_graph_suffix)).unlink(missing_ok=True)


def meta_graph_filename(checkpoint_filename: str, meta_graph_suffix: str = "meta") -> str:
    """Returns the path of the file with the graph of a checkpoint."""
    return re.sub(r"-[\d?]+-of-\d+$", "", checkpoint_filename) + f".{meta_graph_suffix}"


def identity(prefix: str) -> tuple[int, int] | None:
    """Returns what tells a checkpoint from another one that took its place; None if there is none."""
    try:
        found = Path(index_name(prefix)).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def forget(prefix: str, meta_graph_suffix: str, written: tuple[int, int] | None) -> None:
    """Deletes a checkpoint that is no longer wanted; a failure is logged, for it is no reason to stop training.

    Args:
        prefix: its path.
        meta_graph_suffix: the ending of the file with its graph.
        written: its identity if known; another writer's checkpoint at the same path stays.
    """
    try:
        with locked_folder(Path(prefix).parent, leftovers_of=f"{Path(prefix).name}."):
            if written in (None, identity(prefix)):
                remove_checkpoint(prefix, _V2, meta_graph_suffix)
    except (OSError, errors.OpError) as error:
        _LOG.warning("Ignoring: %s", error)


def _state_path(folder: str, latest_filename: str | None) -> Path:
    return Path(folder) / (latest_filename or _STATE_NAME)
