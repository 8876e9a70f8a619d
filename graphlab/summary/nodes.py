"""Adds the nodes of summaries to the graph. Mirrors `tf.summary.scalar` and its kin."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from tensorboard.compat.proto import summary_pb2

from graphlab.graph.collections import GraphKeys
from graphlab.graph.dtypes import string
from graphlab.graph.graph import get_default_graph
from graphlab.graph.tensor import Tensor
from graphlab.ops import build
from graphlab.ops.scopes import name_scope

_LOG: Final = logging.getLogger("graphlab")
_NOT_IN_NAMES: Final = re.compile(r"[^-/\w\.]")

Collections = Iterable[str] | None


def scalar(name: str, tensor: Any, collections: Collections = None, family: str | None = None) -> Tensor:
    """Adds a summary of one number. Mirrors `tf.summary.scalar`.

    Args:
        name: the name of the node, and with the open name scope the tag in TensorBoard.
        tensor: the number.
        collections: the collections to add it to; default `tf.GraphKeys.SUMMARIES`.
        family: goes before the tag, so that TensorBoard groups by it.

    Returns:
        A string: the serialized `Summary`, for `FileWriter.add_summary`.

    Raises:
        TypeError: the tensor does not hold real numbers.
    """
    with _scope(name, family, [tensor]) as (tag, scope):
        return _collected(build.add("ScalarSummary", tag, tensor, name=scope), collections)


def histogram(name: str, values: Any, collections: Collections = None, family: str | None = None) -> Tensor:
    """Adds a summary of how numbers are distributed. Mirrors `tf.summary.histogram`; see `scalar` for the arguments.

    Running it raises InvalidArgumentError if a number is not finite.
    """
    with _scope(name, family, [values], default="HistogramSummary") as (tag, scope):
        return _collected(build.add("HistogramSummary", tag, values, name=scope), collections)


def image(
    name: str, tensor: Any, max_outputs: int = 3, collections: Collections = None, family: str | None = None
) -> Tensor:
    """Adds a summary with images. Mirrors `tf.summary.image`.

    Args:
        name: see `scalar`.
        tensor: shape `[batch, height, width, channels]` with 1, 3 or 4 channels, uint8 or floats. Floats are
            stretched to bytes image by image.
        max_outputs: how many images of the batch to keep.
        collections: see `scalar`.
        family: see `scalar`.
    """
    with _scope(name, family, [tensor]) as (tag, scope):
        return _collected(build.add("ImageSummary", tag, tensor, name=scope, max_images=max_outputs), collections)


def text(name: str, tensor: Any, collections: Collections = None) -> Tensor:
    """Adds a summary with text. Mirrors `tf.summary.text`; see `scalar` for the arguments.

    Raises:
        ValueError: the tensor does not hold strings.
    """
    if tensor.dtype != string:
        raise ValueError(f"Expected tensor {tensor.name} to have dtype string, got {tensor.dtype}")
    plugin = summary_pb2.SummaryMetadata.PluginData(plugin_name="text")
    return tensor_summary(
        name, tensor, collections=collections, summary_metadata=summary_pb2.SummaryMetadata(plugin_data=plugin)
    )


def tensor_summary(
    name: str,
    tensor: Any,
    summary_description: str | None = None,
    collections: Collections = None,
    summary_metadata: summary_pb2.SummaryMetadata | None = None,
    family: str | None = None,
    display_name: str | None = None,
) -> Tensor:
    """Adds a summary with a whole tensor. Mirrors `tf.summary.tensor_summary`.

    Args:
        name: see `scalar`.
        tensor: any tensor.
        summary_description: what TensorBoard says of it.
        collections: see `scalar`.
        summary_metadata: which part of TensorBoard shows it.
        family: see `scalar`.
        display_name: its name in TensorBoard.
    """
    metadata = summary_pb2.SummaryMetadata()
    if summary_metadata is not None:
        metadata.CopyFrom(summary_metadata)
    if summary_description is not None:
        metadata.summary_description = summary_description
    if display_name is not None:
        metadata.display_name = display_name
    with _scope(name, family, [tensor]) as (tag, scope):
        summary = build.add("TensorSummaryV2", tag, tensor, metadata.SerializeToString(), name=scope)
        return _collected(summary, collections)


def merge(inputs: Any, collections: Collections = None, name: str | None = None) -> Tensor:
    """Adds a summary of summaries. Mirrors `tf.summary.merge`.

    Args:
        inputs: the summaries.
        collections: the collections to add it to; default none.
        name: the name of the operation.
    """
    cleaned = _clean(name)
    with name_scope(cleaned, "Merge", inputs):
        merged = build.add("MergeSummary", list(inputs), name=cleaned)
        return _collected(merged, () if collections is None else collections)


def merge_all(key: str = GraphKeys.SUMMARIES, scope: str | None = None, name: str | None = None) -> Tensor | None:
    """Adds a summary of all summaries in a collection; None if there are none. Mirrors `tf.summary.merge_all`.

    Args:
        key: the name of the collection.
        scope: only summaries whose name starts with it (a regular expression).
        name: the name of the operation.
    """
    found = get_default_graph().get_collection(key, scope)
    return merge(found, name=name) if found else None


@contextlib.contextmanager
def _scope(name: str, family: str | None, values: list[Any], default: str | None = None) -> Iterator[tuple[str, str]]:
    """Opens the scope of a summary and yields its tag and the scope's name."""
    cleaned, group = _clean(name), _clean(family)
    base = cleaned if group is None else f"{group}/{cleaned}"
    with name_scope(base, default, values) as scope:
        tag = scope.rstrip("/")
        yield (tag if group is None else f"{group}/{tag}"), scope


def _clean(name: str | None) -> str | None:
    """The name without what names of operations cannot have."""
    if name is None:
        return None
    cleaned = _NOT_IN_NAMES.sub("_", name).lstrip("/")
    if cleaned != name:
        _LOG.info("Summary name %s is illegal; using %s instead.", name, cleaned)
    return cleaned


def _collected(summary: Tensor, collections: Collections) -> Tensor:
    for key in [GraphKeys.SUMMARIES] if collections is None else collections:
        get_default_graph().add_to_collection(key, summary)
    return summary
