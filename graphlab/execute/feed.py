"""Checks fed values and makes arrays of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphlab.graph.dtypes import string
from graphlab.graph.elements import find_element
from graphlab.graph.tensor import Tensor, located


def fed_tensors(graph: Any, feed_dict: Any) -> dict[Tensor, Any]:
    """Returns the fed tensors with the raw values; nested keys are taken apart.

    Raises:
        TypeError: the feeds are no dict, or a key is nothing that can be fed.
    """
    if not isinstance(feed_dict, dict):
        raise TypeError(f"feed_dict must be a dict that maps placeholders to values, not {type(feed_dict).__name__}.")
    flat: dict[Tensor, Any] = {}
    for key, value in feed_dict.items():
        pairs = zip(key, value, strict=True) if isinstance(key, tuple) else [(key, value)]
        for item, content in pairs:
            try:
                tensor = find_element(graph, item, allow_operation=False)
            except (KeyError, ValueError, TypeError) as error:
                raise TypeError(f"Cannot interpret feed_dict key as Tensor: {error.args[0]}") from None
            assert isinstance(tensor, Tensor)
            if not graph.is_feedable(tensor):
                raise ValueError(f"Tensor {tensor!r} may not be fed.")
            flat[tensor] = content
    return flat


def fed_array(tensor: Tensor, value: Any) -> np.ndarray[Any, Any]:
    """Returns a fed value as an array of the tensor's type.

    Raises:
        TypeError: the value is a tensor, or an integer that the type cannot hold.
        ValueError: the value does not have the type or the shape.
    """
    if isinstance(value, Tensor) or hasattr(value, "_as_graph_element"):
        raise TypeError(
            f"The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, lists or numpy ndarrays. "
            f"For reference, the tensor object was {value!r} which was passed to the feed with key {tensor!r}. Pass sess.run(tensor) instead."
        )
    wanted = tensor.dtype.numpy
    if isinstance(value, int) and not isinstance(value, bool) and wanted.kind in "iu":
        info = np.iinfo(wanted)
        if not info.min <= value <= info.max:
            raise TypeError(
                f"Type of feed value {value} with type {type(value)} is not compatible with Tensor type {tensor.dtype.as_numpy_dtype}. Try explicitly casting it."
            )
    try:
        array = np.asarray(value, dtype=wanted)
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"Cannot feed {value!r} for Tensor '{tensor.name}', which has type {tensor.dtype.name}: {error}"
        ) from None
    if tensor.dtype is string:
        array = np.array([x if isinstance(x, bytes) else str(x).encode() for x in array.ravel()], object).reshape(
            array.shape
        )
    if not tensor.shape.is_compatible_with(array.shape):
        raise ValueError(
            f"Cannot feed value of shape {array.shape} for Tensor {located_tensor(tensor)}, which has shape {tensor.shape}"
        )
    return array


def located_tensor(tensor: Tensor) -> str:
    """Says which tensor it is and where the user created it."""
    return f"'{tensor.name}' of {located(tensor.op)}"
