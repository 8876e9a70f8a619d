"""Reads messages from files that may be damaged or made to harm: bytes or text, within bounds."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any, Final, TypeVar

from google.protobuf import text_format
from google.protobuf.message import DecodeError, Message
from tensorboard.compat.proto import graph_pb2, meta_graph_pb2, tensor_pb2

from graphlab.graph import dtypes, errors
from graphlab.io.durable_files import as_op_error

M = TypeVar("M", bound=Message)

_LARGEST_FILE: Final = (1 << 31) - 1  # protobuf's own limit
_LARGEST_FILL: Final = 1 << 28
_MOST_DIMENSIONS: Final = 254


def read_message(path: str | os.PathLike[str], kind: type[M]) -> M:
    """Returns the message in a file, be it bytes or text.

    Args:
        path: the file.
        kind: the class of the message.

    Raises:
        tf.errors.NotFoundError: there is no such file.
        tf.errors.DataLossError: the file is damaged, or too large to be such a message.
        tf.errors.InvalidArgumentError: a tensor in it claims to be far larger than what the file says of it.
        tf.errors.OpError: it cannot be read.
    """
    file = Path(path)
    name = os.fspath(path)
    try:
        size = file.stat().st_size
        if size > _LARGEST_FILE:
            raise _damaged(name, kind, f"it has {size} bytes, more than a message can have")
        content = file.read_bytes()
    except OSError as error:
        if isinstance(error, errors.OpError):
            raise
        raise as_op_error(error, name, "read") from error
    message = _parsed(name, content, kind)
    _check_tensors(name, message)
    return message


def _parsed(name: str, content: bytes, kind: type[M]) -> M:
    if _is_text(content):
        try:
            return text_format.Parse(content.decode(), kind())
        except (text_format.ParseError, ValueError, RecursionError) as error:
            raise _damaged(name, kind, f"as text: {error}") from None
    try:
        message = kind.FromString(content)
    except (DecodeError, RecursionError) as error:
        raise _damaged(name, kind, str(error)) from None
    if not message.ListFields():
        raise _damaged(name, kind, "it is empty")
    return message


def _is_text(content: bytes) -> bool:
    """Whether a file is text: a message that starts with bytes has control characters among its first ones."""
    start = content[:1024]
    return bool(start) and not any(byte < 9 or 13 < byte < 32 for byte in start)


def _damaged(name: str, kind: type[Message], reason: str) -> errors.DataLossError:
    what = str(kind.DESCRIPTOR.name)
    return errors.DataLossError(None, None, f"{name} is damaged or is no {what}: {reason}.")


def _check_tensors(name: str, message: Message) -> None:
    """Raises InvalidArgumentError for constants whose few stored values stand for very many."""
    if isinstance(message, meta_graph_pb2.MetaGraphDef):
        nodes = message.graph_def.node
    elif isinstance(message, graph_pb2.GraphDef):
        nodes = message.node
    else:
        return
    for node in nodes:
        for value in node.attr.values():
            for tensor in (value.tensor, *value.list.tensor):
                reason = _fault(tensor)
                if reason:
                    raise errors.InvalidArgumentError(
                        None, None, f"{name}: node '{node.name}' has a constant {reason}."
                    )


def _fault(tensor: tensor_pb2.TensorProto) -> str:
    extents = [dim.size for dim in tensor.tensor_shape.dim]
    if len(extents) > _MOST_DIMENSIONS or any(extent < 0 for extent in extents):
        return f"of shape {extents[:8]}, which no constant can have"
    if tensor.tensor_content or not extents:
        return ""
    try:
        itemsize: Any = dtypes.as_dtype(tensor.dtype).numpy.itemsize
    except TypeError:
        return ""
    size = math.prod(extents) * itemsize
    return (
        f"of {size} bytes, all but a few of them by repetition" if size > _LARGEST_FILL + tensor.ByteSize() * 8 else ""
    )
