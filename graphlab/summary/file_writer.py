"""Writes summaries, graphs and run metadata to event files for TensorBoard. Mirrors `tf.summary.FileWriter`."""

from __future__ import annotations

import os
import threading
import time
import warnings
from types import TracebackType
from typing import Any, ClassVar, Self

from google.protobuf.message import DecodeError
from tensorboard.compat.proto import event_pb2, graph_pb2, meta_graph_pb2

from graphlab.graph import errors
from graphlab.graph.graph import Graph, get_default_graph
from graphlab.summary.event_file_writer import EventFileWriter
from graphlab.train.export_meta_graph import export_meta_graph


class FileWriter:
    """Appends to a new event file in a folder, without making the caller wait for the disk.

    As a context manager it is closed at the end of the block.
    """

    def __init__(
        self,
        logdir: str | os.PathLike[str],
        graph: Any = None,
        max_queue: int = 10,  # noqa: ARG002  The queue is bounded by its bytes.
        flush_secs: float = 120,
        graph_def: Any = None,
        filename_suffix: str | None = None,
        session: Any = None,
    ) -> None:
        """Makes the folder if need be, and the file.

        Args:
            logdir: the folder; TensorBoard shows each folder as a run.
            graph: a graph to write.
            max_queue: ignored: the queue takes 128 MiB and is written some times a second.
            flush_secs: after how many seconds they are written at the latest.
            graph_def: a `GraphDef` to write instead of `graph`.
            filename_suffix: ends the name of the file.
            session: not supported.

        Raises:
            ValueError: both graph and graph_def are given.
            NotImplementedError: a session is given.
            tf.errors.OpError: the file cannot be made.
        """
        if session is not None:
            raise NotImplementedError("FileWriter(session=...) is not supported; leave it out.")
        self._logdir = os.fspath(logdir)
        self._arguments = (flush_secs, filename_suffix or "")
        self._events = EventFileWriter(self._logdir, *self._arguments)
        self._closed = False
        self._known_tags: set[str] = set()
        self._metadata_tags: set[str] = set()
        if graph is not None or graph_def is not None:
            self.add_graph(graph, graph_def=graph_def)
            nodes = graph.as_graph_def(add_shapes=True) if isinstance(graph, Graph) else graph_def or graph
            source = graph if isinstance(graph, Graph) else get_default_graph()
            self.add_meta_graph(export_meta_graph(graph_def=nodes, graph=source))

    def get_logdir(self) -> str:
        """Returns the folder."""
        return self._logdir

    def add_summary(self, summary: Any, global_step: Any = None) -> None:
        """Writes a summary. Mirrors `tf.summary.FileWriter.add_summary`.

        Args:
            summary: a `Summary`, or the string that running a summary node returned.
            global_step: the step that TensorBoard shows it at.

        Raises:
            tf.errors.DataLossError: the string is no `Summary`.
            tf.errors.OpError: earlier events could not be written.
        """
        event = event_pb2.Event()
        if isinstance(summary, bytes):
            try:
                event.summary.ParseFromString(summary)
            except DecodeError:
                raise errors.DataLossError(
                    None,
                    None,
                    "The bytes given to add_summary are no Summary. Pass what running a summary node returned.",
                ) from None
        else:
            event.summary.CopyFrom(summary)
        event.summary.SetInParent()
        # What TensorBoard needs to know of a tag is written once.
        for value in event.summary.value:
            if value.tag in self._known_tags:
                value.ClearField("metadata")
            else:
                self._known_tags.add(value.tag)
        self._add(event, global_step)

    def add_graph(self, graph: Any, global_step: Any = None, graph_def: Any = None) -> None:
        """Writes a graph with its shapes, for the GRAPHS tab.

        Args:
            graph: a graph or a `GraphDef`.
            global_step: the step.
            graph_def: a `GraphDef`, instead of `graph`.

        Raises:
            ValueError: both are given.
            TypeError: it is neither.
        """
        if graph is not None and graph_def is not None:
            raise ValueError("Please pass only graph, or graph_def (deprecated), but not both.")
        found = graph if graph is not None else graph_def
        if isinstance(found, Graph):
            found = found.as_graph_def(add_shapes=True)
        elif not isinstance(found, graph_pb2.GraphDef):
            raise TypeError(
                f"The passed graph must be an instance of `Graph` or `GraphDef`, not {type(found).__name__}."
            )
        self._add(event_pb2.Event(graph_def=found.SerializeToString()), global_step)

    def add_meta_graph(self, meta_graph_def: Any, global_step: Any = None) -> None:
        """Writes a `MetaGraphDef`.

        Raises:
            TypeError: it is none.
        """
        if not isinstance(meta_graph_def, meta_graph_pb2.MetaGraphDef):
            raise TypeError(f"meta_graph_def must be type MetaGraphDef, saw type: {type(meta_graph_def)}")
        self._add(event_pb2.Event(meta_graph_def=meta_graph_def.SerializeToString()), global_step)

    def add_run_metadata(self, run_metadata: Any, tag: str, global_step: Any = None) -> None:
        """Writes what a traced run recorded: compute time and memory of each node, for the GRAPHS tab.

        Args:
            run_metadata: the `RunMetadata` that was passed to `sess.run`.
            tag: names the run in TensorBoard, for example `step 10`.
            global_step: the step.

        Raises:
            ValueError: the tag was used before.
        """
        if tag in self._metadata_tags:
            raise ValueError(f"The provided tag was already used for this event type: {tag!r}. Number the tags.")
        self._metadata_tags.add(tag)
        tagged = event_pb2.TaggedRunMetadata(tag=tag, run_metadata=run_metadata.SerializeToString())
        self._add(event_pb2.Event(tagged_run_metadata=tagged), global_step)

    def add_session_log(self, session_log: Any, global_step: Any = None) -> None:
        """Writes a `SessionLog`, which says that a session started or saved."""
        self._add(event_pb2.Event(session_log=session_log), global_step)

    def add_event(self, event: Any) -> None:
        """Writes an `Event` as it is."""
        if not self._is_closed():
            self._events.add_event(event)

    def flush(self) -> None:
        """Waits until everything is in the file.

        Raises:
            tf.errors.OpError: it cannot be written.
        """
        if not self._is_closed():
            self._events.flush()

    def close(self) -> None:
        """Writes everything and closes the file.

        Raises:
            tf.errors.OpError: it cannot be written.
        """
        self._closed = True
        self._events.close()

    def reopen(self) -> None:
        """Makes a new file in the folder after `close`; does nothing before."""
        if self._closed:
            self._events = EventFileWriter(self._logdir, *self._arguments)
            self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _add(self, event: event_pb2.Event, step: Any) -> None:
        event.wall_time = time.time()
        if step is not None:
            event.step = int(step)
        self.add_event(event)

    def _is_closed(self) -> bool:
        if self._closed:
            warnings.warn(
                "Attempting to use a closed FileWriter. The operation will be a noop unless the FileWriter is explicitly reopened.",
                stacklevel=4,
            )
        return self._closed


class FileWriterCache:
    """One writer for each folder. Mirrors `tf.summary.FileWriterCache`."""

    _writers: ClassVar[dict[str, FileWriter]] = {}
    _lock: ClassVar[threading.RLock] = threading.RLock()

    @staticmethod
    def get(logdir: str) -> FileWriter:
        """Returns the writer of a folder, made with the default graph if there is none."""
        with FileWriterCache._lock:
            if logdir not in FileWriterCache._writers:
                FileWriterCache._writers[logdir] = FileWriter(logdir, graph=get_default_graph())
            return FileWriterCache._writers[logdir]

    @staticmethod
    def clear() -> None:
        """Closes and forgets all writers."""
        with FileWriterCache._lock:
            for writer in FileWriterCache._writers.values():
                writer.close()
            FileWriterCache._writers.clear()
