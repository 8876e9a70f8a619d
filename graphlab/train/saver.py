"""Saving and restoring variables. Mirrors `tf.train.Saver`."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Any, Final

import numpy as np
from tensorboard.compat.proto import meta_graph_pb2, saver_pb2

from graphlab.graph import errors
from graphlab.graph.graph import get_default_graph
from graphlab.io.checkpoint_files import open_checkpoint
from graphlab.io.durable_files import prepared_file
from graphlab.train import checkpoint_state
from graphlab.train.export_meta_graph import export_meta_graph, write_debug_info
from graphlab.train.global_steps import global_step as step_of
from graphlab.train.restore_checks import check_restorable
from graphlab.train.saveables import all_saveables, saveables
from graphlab.train.saver_nodes import add_saver_nodes

_SECONDS_PER_HOUR: Final = 3600


class Saver:
    """Saves variables to checkpoints and restores them. Mirrors `tf.train.Saver`.

    A checkpoint is what TensorFlow writes: `path.index`, `path.data-00000-of-00001`, and `path.meta` with the graph.
    The folder's file `checkpoint` names the latest ones. All are written aside, flushed to the disk and then renamed,
    the state file last, so that a program killed at any moment leaves a complete checkpoint.

    Attributes:
        saver_def: the message that names the nodes; None until they are built.
    """

    def __init__(
        self,
        var_list: Any = None,
        reshape: bool = False,
        sharded: bool = False,
        max_to_keep: int | None = 5,
        keep_checkpoint_every_n_hours: float = 10000.0,
        name: str | None = None,
        restore_sequentially: bool = False,  # noqa: ARG002  TensorFlow's bulk restore ignores it too.
        saver_def: saver_pb2.SaverDef | None = None,
        builder: Any = None,
        defer_build: bool = False,
        allow_empty: bool = False,
        write_version: int = saver_pb2.SaverDef.V2,
        pad_step_number: bool = False,
        save_relative_paths: bool = False,
        filename: str | None = None,
    ) -> None:
        """Adds the nodes that save and restore to the default graph.

        Args:
            var_list: the variables, as a list or as a dict from their names in the checkpoint; default all.
            reshape: whether a stored value may have another shape with as many elements.
            sharded: whether the variables of each device get a data file of their own.
            max_to_keep: how many checkpoints to keep; None or 0 keeps all. One that another writer replaced is kept.
            keep_checkpoint_every_n_hours: how often a checkpoint is kept for good.
            name: the name scope of the nodes; default `save`.
            restore_sequentially: ignored, as in TensorFlow.
            saver_def: names nodes that are in the graph already, so that none are added.
            builder: not supported.
            defer_build: adds the nodes only when `build` is called.
            allow_empty: makes a Saver that does nothing if there are no variables.
            write_version: must be `tf.train.SaverDef.V2`.
            pad_step_number: writes step numbers with at least eight digits.
            save_relative_paths: writes relative paths into the state file, so that the folder can be moved.
            filename: the path to use when none is given.

        Raises:
            TypeError: an item of `var_list` is no variable.
            ValueError: there are no variables, or two have one name.
            NotImplementedError: another builder or file format is asked for.
        """
        if defer_build and var_list:
            raise ValueError(
                "If `var_list` is provided then build cannot be deferred. Either set defer_build=False or var_list=None."
            )
        if builder is not None:
            raise NotImplementedError("Saver(builder=...) is not supported; leave it out.")
        if write_version != saver_pb2.SaverDef.V2:
            raise NotImplementedError("The checkpoint format V1 is read, but not written; use tf.train.SaverDef.V2.")
        self._var_list = var_list
        self._options: dict[str, Any] = {
            "reshape": reshape,
            "sharded": sharded,
            "max_to_keep": max_to_keep or 0,
            "keep_checkpoint_every_n_hours": keep_checkpoint_every_n_hours,
            "filename": filename,
        }
        self._name = name
        self._allow_empty = allow_empty
        self._pad_step_number = pad_step_number
        self._save_relative_paths = save_relative_paths
        self._is_built = False
        self._is_empty = False
        self._checkpoints: list[tuple[str, float]] = []
        self._surplus: list[tuple[str, float]] = []
        self._written: dict[str, tuple[int, int] | None] = {}
        self._next_kept_s = 0.0
        self.saver_def = saver_def
        if not defer_build:
            self.build()

    def build(self) -> None:
        """Adds the nodes, if they are not there yet.

        Raises:
            ValueError: there are no variables.
        """
        if self._is_built:
            return
        self._is_built = True
        if self.saver_def is None:
            variables = all_saveables() if self._var_list is None else self._var_list
            if not variables:
                if not self._allow_empty:
                    raise ValueError("No variables to save. Create the variables before the Saver.")
                self._is_empty = True
                return
            self.saver_def = add_saver_nodes(saveables(variables), name=self._name, **self._options)
        elif self._name:
            self.saver_def = _scoped(self.saver_def, f"{self._name.rstrip('/')}/", "")
        if not self.saver_def.save_tensor_name or not self.saver_def.restore_op_name:
            raise ValueError(f"saver_def must specify the save_tensor_name and restore_op_name: {self.saver_def}")
        self._next_kept_s = time.time() + self.saver_def.keep_checkpoint_every_n_hours * _SECONDS_PER_HOUR

    # Saving

    def save(
        self,
        sess: Any,
        save_path: str | os.PathLike[str],
        global_step: Any = None,
        latest_filename: str | None = None,
        meta_graph_suffix: str = "meta",
        write_meta_graph: bool = True,
        write_state: bool = True,
        strip_default_attrs: bool = False,
        save_debug_info: bool = False,
    ) -> str | None:
        """Saves the variables. Mirrors `tf.train.Saver.save`.

        Args:
            sess: the session whose variables to save.
            save_path: the path of the checkpoint, without the endings of its files.
            global_step: a number, or a tensor or its name, to add to the path.
            latest_filename: the name of the folder's state file; default `checkpoint`.
            meta_graph_suffix: the ending of the file with the graph.
            write_meta_graph: whether to write the graph.
            write_state: whether to write the state file and remove old checkpoints.
            strip_default_attrs: whether the written graph leaves out attributes that have their default value.
            save_debug_info: whether to write where each node was created, beside the graph.

        Returns:
            The path to pass to `restore`; None from a Saver without variables.

        Raises:
            TypeError: `sess` is not a session.
            ValueError: the folder does not exist, or the path is that of the state file.
            RuntimeError: the nodes are not built.
            tf.errors.FailedPreconditionError: a variable is not initialised.
            tf.errors.OpError: a file cannot be written; the checkpoints written before are as they were.
        """
        if not self._is_built:
            raise RuntimeError("`build()` should be called before save if defer_build==True")
        state_name = latest_filename or "checkpoint"
        if Path(state_name).name != state_name:
            raise ValueError("'latest_filename' must not contain path components")
        if not hasattr(sess, "alone"):
            raise TypeError(f"'sess' must be a Session; {sess}")
        # The session before the folder: a run that saves, such as another thread's, needs them in this order too.
        with sess.alone(), contextlib.ExitStack() as stack:
            path = self._numbered(sess, os.fspath(save_path), global_step, state_name)
            if not self._is_empty:
                _check_folder(path)
            if write_meta_graph:
                meta_path = checkpoint_state.meta_graph_filename(path, meta_graph_suffix)
                with sess.graph.as_default():
                    meta_graph = self.export_meta_graph(strip_default_attrs=strip_default_attrs)
                if save_debug_info:
                    write_debug_info(sess.graph, meta_path)
                # Prepared before the values are written, so that a full disk leaves the graph and the values as they were.
                stack.enter_context(prepared_file(meta_path, meta_graph.SerializeToString()))
            saved = None if self._is_empty else self._run_save(sess, path)
        if saved is not None and write_state:
            self._record(os.path.dirname(os.fspath(save_path)), saved, state_name, meta_graph_suffix)  # noqa: PTH120
        return saved

    def _numbered(self, sess: Any, path: str, global_step: Any, state_name: str) -> str:
        if global_step is None:
            assert self.saver_def is not None or self._is_empty
            if Path(path).name == state_name and not (self.saver_def and self.saver_def.sharded):
                raise ValueError(f"'latest_filename' collides with 'save_path': '{state_name}' and '{path}'")
            return path
        number = global_step if isinstance(global_step, (int, np.integer)) else step_of(sess, global_step)
        return f"{path}-{number:08d}" if self._pad_step_number else f"{path}-{number:d}"

    def _run_save(self, sess: Any, path: str) -> str:
        assert self.saver_def is not None
        saved = sess.run(self.saver_def.save_tensor_name, {self.saver_def.filename_tensor_name: path})
        return bytes(saved).decode("utf-8", "surrogateescape")

    def _record(self, folder: str, saved: str, state_name: str, meta_graph_suffix: str) -> None:
        """Writes the state file, and then removes a checkpoint if there are too many."""
        assert self.saver_def is not None
        listed = self._checkpoints
        if self.saver_def.max_to_keep:
            self._written[saved] = checkpoint_state.identity(saved)
            listed = [(p, t) for p, t in self._checkpoints if p != saved] + [(saved, time.time())]
            surplus = max(0, len(listed) - self.saver_def.max_to_keep)
            self._surplus += listed[:surplus]
            listed = listed[surplus:]
        paths = [p for p, _ in listed]
        latest = saved
        if self._save_relative_paths:
            latest = os.path.relpath(saved, folder or ".")
            paths = [os.path.relpath(p, folder or ".") for p in paths]
            folder_of_paths = str(Path(folder).absolute())
        else:
            folder_of_paths = folder
        checkpoint_state.update_checkpoint_state(folder_of_paths, latest, paths, state_name)
        self._checkpoints = listed
        if self._surplus:
            self._forget(meta_graph_suffix)

    def _forget(self, meta_graph_suffix: str) -> None:
        assert self.saver_def is not None
        path, written_s = self._surplus.pop(0)
        written = self._written.pop(path, None)
        if written_s > self._next_kept_s:
            self._next_kept_s += self.saver_def.keep_checkpoint_every_n_hours * _SECONDS_PER_HOUR
        else:
            checkpoint_state.forget(path, meta_graph_suffix, written)

    def export_meta_graph(
        self,
        filename: str | None = None,
        collection_list: Any = None,
        as_text: bool = False,
        export_scope: str | None = None,
        clear_devices: bool = False,
        clear_extraneous_savers: bool = False,
        strip_default_attrs: bool = False,
        save_debug_info: bool = False,
    ) -> meta_graph_pb2.MetaGraphDef:
        """Returns the default graph with this Saver as a `MetaGraphDef`; see `tf.train.export_meta_graph`."""
        return export_meta_graph(
            filename=filename,
            graph_def=get_default_graph().as_graph_def(add_shapes=True),
            saver_def=self.saver_def,
            collection_list=collection_list,
            as_text=as_text,
            export_scope=export_scope,
            clear_devices=clear_devices,
            clear_extraneous_savers=clear_extraneous_savers,
            strip_default_attrs=strip_default_attrs,
            save_debug_info=save_debug_info,
        )

    # Restoring

    def restore(self, sess: Any, save_path: str | os.PathLike[str] | None) -> None:
        """Gives the variables the values of a checkpoint; they need not be initialised. Mirrors `tf.train.Saver.restore`.

        Args:
            sess: the session whose variables get the values.
            save_path: what `save` or `tf.train.latest_checkpoint` returned.

        Raises:
            ValueError: there is no checkpoint at the path.
            tf.errors.NotFoundError: the checkpoint lacks variables; the message lists them.
            tf.errors.InvalidArgumentError: variables have other shapes or types there; the message lists them.
            tf.errors.DataLossError: the checkpoint is damaged. No variable has changed in any of these cases.
        """
        if self._is_empty:
            return
        if save_path is None:
            raise ValueError("Can't load save_path when it is None. Did tf.train.latest_checkpoint find no checkpoint?")
        path = os.fspath(save_path)
        if not checkpoint_state.checkpoint_exists(path):
            hint = f" It is a folder: pass tf.train.latest_checkpoint({path!r})." if Path(path).is_dir() else ""
            raise ValueError(f"The passed save_path is not a valid checkpoint: {path}.{hint}")
        if self.saver_def is None:
            raise RuntimeError("`build()` should be called before restore if defer_build==True")
        try:
            reader = open_checkpoint(path)
            check_restorable(reader, sess.graph.get_operation_by_name(self.saver_def.restore_op_name))
            sess.run(self.saver_def.restore_op_name, {self.saver_def.filename_tensor_name: path})
        except errors.NotFoundError as error:
            raise _restoring_failed(error, "a Variable name or other graph key that is missing") from error
        except errors.InvalidArgumentError as error:
            raise _restoring_failed(error, "a mismatch between the current graph and the graph") from error

    # Which checkpoints there are

    @property
    def last_checkpoints(self) -> list[str]:
        """The paths of the checkpoints that this Saver wrote and has not deleted, oldest first."""
        return [path for path, _ in self._checkpoints]

    def set_last_checkpoints(self, last_checkpoints: list[str]) -> None:
        """Says which checkpoints there are; they are never kept for good."""
        self._checkpoints = [(path, float("inf")) for path in last_checkpoints]

    def set_last_checkpoints_with_time(self, last_checkpoints_with_time: list[tuple[str, float]]) -> None:
        """Says which checkpoints there are and when they were written, in seconds since the epoch."""
        self._checkpoints = list(last_checkpoints_with_time)

    def recover_last_checkpoints(self, checkpoint_paths: list[str]) -> None:
        """Finds out which of these checkpoints are there, as after a restart, so that this Saver removes them in turn."""
        times = [(path, checkpoint_state.get_checkpoint_mtimes([path])) for path in checkpoint_paths]
        self._checkpoints = [(path, found[0]) for path, found in times if found]

    # As a message

    def as_saver_def(self) -> saver_pb2.SaverDef | None:
        """Returns the message that names the nodes."""
        return self.saver_def

    def to_proto(self, export_scope: str | None = None) -> saver_pb2.SaverDef | None:
        """Returns the message; without the scope `export_scope`, or None if the nodes are not in it."""
        if export_scope is None or self.saver_def is None:
            return self.saver_def
        prefix = f"{export_scope.rstrip('/')}/"
        if not all(name.startswith(prefix) for name in _names(self.saver_def)):
            return None
        return _scoped(self.saver_def, "", prefix)

    @staticmethod
    def from_proto(saver_def: saver_pb2.SaverDef, import_scope: str | None = None) -> Saver:
        """Returns the Saver whose nodes a message names, inside the name scope `import_scope`."""
        return Saver(saver_def=saver_def, name=import_scope)


def _check_folder(path: str) -> None:
    folder = Path(path).parent
    if not folder.is_dir():
        raise ValueError(
            f"Parent directory of {path} doesn't exist, can't save. Make it first: os.makedirs({str(folder)!r})."
        )


def _names(saver_def: saver_pb2.SaverDef) -> list[str]:
    return [saver_def.filename_tensor_name, saver_def.save_tensor_name, saver_def.restore_op_name]


def _scoped(saver_def: saver_pb2.SaverDef, added: str, removed: str) -> saver_pb2.SaverDef:
    """A copy whose nodes are in another scope."""
    copy = saver_pb2.SaverDef()
    copy.CopyFrom(saver_def)
    copy.filename_tensor_name = added + saver_def.filename_tensor_name.removeprefix(removed)
    copy.save_tensor_name = added + saver_def.save_tensor_name.removeprefix(removed)
    copy.restore_op_name = added + saver_def.restore_op_name.removeprefix(removed)
    return copy


def _restoring_failed(error: errors.OpError, cause: str) -> errors.OpError:
    return type(error)(
        error.node_def,
        error.op,
        f"Restoring from checkpoint failed. This is most likely due to {cause} from the checkpoint. "
        f"Please ensure that you have not altered the graph expected based on the checkpoint. Original error:\n\n{error.message}",
    )
