"""The ops that make `Summary` messages of values."""

from __future__ import annotations

from typing import Any

import numpy as np
from google.protobuf.message import DecodeError
from tensorboard.compat.proto import summary_pb2

from graphlab.graph import errors
from graphlab.graph.attributes import make_tensor_proto
from graphlab.graph.dtypes import EVERY, REALS, as_dtype, float16, float32, float64, uint8
from graphlab.graph.registry import register
from graphlab.graph.tensor import failed
from graphlab.ops.shape_rules import scalar
from graphlab.summary.histograms import histogram
from graphlab.summary.images import image_values

_BAD_COLOR = np.array([255, 0, 0, 255], np.uint8)
_BAD_COLOR.flags.writeable = False


def _scalar(k: Any, tags: Any, values: Any) -> Any:
    names, numbers = np.asarray(tags, object), np.asarray(values)
    if names.shape != numbers.shape:
        raise failed(
            errors.InvalidArgumentError,
            k.node,
            f"tags and values are not the same shape: {list(names.shape)} != {list(numbers.shape)}. "
            "A scalar summary needs a single number; use tf.reduce_mean, or tf.summary.histogram for many.",
        )
    pairs = zip(names.ravel(), numbers.astype(np.float64).ravel(), strict=True)
    return _summary([summary_pb2.Summary.Value(tag=_text(tag), simple_value=np.float32(x)) for tag, x in pairs])


register("ScalarSummary", "tags: string, values: T -> summary: string", T=REALS, shape=scalar, lower=_scalar)


def _histogram(k: Any, tag: Any, values: Any) -> Any:
    numbers = np.asarray(values)
    name = _text(tag)
    wide = numbers.astype(np.float64)
    if not np.isfinite(wide).all():
        what = "Nan" if np.isnan(wide).any() else "Infinity"
        raise failed(
            errors.InvalidArgumentError,
            k.node,
            f"{what} in summary histogram for: {name}. Training has diverged; try a smaller learning rate.",
        )
    return _summary([summary_pb2.Summary.Value(tag=name, histo=histogram(wide))])


register("HistogramSummary", "tag: string, values: T -> summary: string", T=REALS, shape=scalar, lower=_histogram)


def _image(k: Any, tag: Any, images: Any) -> Any:
    color = np.asarray(k.attr["bad_color"])
    return _summary(image_values(_text(tag), np.asarray(images), int(k.attr["max_images"]), color))


register(
    "ImageSummary",
    "tag: string, tensor: T -> summary: string",
    T=(uint8, float32, float16, float64),
    max_images=3,
    bad_color=_BAD_COLOR,
    shape=scalar,
    lower=_image,
)


def _tensor(k: Any, tag: Any, tensor: Any, metadata: Any) -> Any:
    value = summary_pb2.Summary.Value(tag=_text(tag))
    value.metadata.ParseFromString(np.asarray(metadata, object).item())
    array = np.asarray(tensor)
    value.tensor.CopyFrom(make_tensor_proto(array, as_dtype(array.dtype)))
    return _summary([value])


register(
    "TensorSummaryV2",
    "tag: string, tensor: T, serialized_summary_metadata: string -> summary: string",
    T=EVERY,
    shape=scalar,
    lower=_tensor,
)


def _merge(k: Any, *inputs: Any) -> Any:
    merged = summary_pb2.Summary()
    for serialized in inputs:
        for one in np.asarray(serialized, object).ravel():
            try:
                merged.MergeFromString(one)
            except DecodeError:
                raise failed(
                    errors.InvalidArgumentError,
                    k.node,
                    "Could not parse one of the summary inputs. Merge summaries only.",
                ) from None
    tags = [value.tag for value in merged.value if value.tag]
    twice = sorted({tag for tag in tags if tags.count(tag) > 1})
    if twice:
        raise failed(
            errors.InvalidArgumentError, k.node, f"Duplicate tag {twice[0]} found in summary inputs. Rename one."
        )
    return np.array(merged.SerializeToString(), object)


register("MergeSummary", "inputs: N*string -> summary: string", shape=scalar, lower=_merge)


def _summary(values: list[Any]) -> Any:
    return np.array(summary_pb2.Summary(value=values).SerializeToString(), object)


def _text(tag: Any) -> str:
    item = tag.item() if isinstance(tag, np.ndarray) else tag
    return item.decode("utf-8", "replace") if isinstance(item, bytes) else str(item)
