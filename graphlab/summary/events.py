"""Reads event files back. Mirrors `tf.train.summary_iterator`."""

from __future__ import annotations

import os
from collections.abc import Iterator

from google.protobuf.message import DecodeError
from tensorboard.compat.proto import event_pb2

from graphlab.graph import errors
from graphlab.io.records import read_records


def summary_iterator(path: str | os.PathLike[str]) -> Iterator[event_pb2.Event]:
    """Yields the events of a file. Mirrors `tf.train.summary_iterator`.

    Raises:
        tf.errors.NotFoundError: there is no such file.
        tf.errors.DataLossError: it is damaged; the events before were yielded.
        tf.errors.OpError: it cannot be read.
    """
    for number, record in enumerate(read_records(path)):
        try:
            event = event_pb2.Event.FromString(record)
        except DecodeError as error:
            raise errors.DataLossError(
                None, None, f"{os.fspath(path)} is damaged: record {number} is no event ({error})."
            ) from None
        yield event
