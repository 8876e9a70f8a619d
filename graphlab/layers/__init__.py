"""Layers: functions and classes that make their own variables. Mirrors `tf.layers`."""

from typing import Any as _Any

from graphlab.graph.registry import near_names as _near_names
from graphlab.layers.base import Layer
from graphlab.layers.batch_normalization import BatchNormalization, batch_normalization
from graphlab.layers.convolution import Conv2D, conv2d
from graphlab.layers.core import Dense, Dropout, Flatten, dense, dropout, flatten
from graphlab.layers.pooling import AveragePooling2D, MaxPooling2D, average_pooling2d, max_pooling2d

__all__ = [
    "AveragePooling2D",
    "BatchNormalization",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "Layer",
    "MaxPooling2D",
    "average_pooling2d",
    "batch_normalization",
    "conv2d",
    "dense",
    "dropout",
    "flatten",
    "max_pooling2d",
]


def __getattr__(name: str) -> _Any:
    raise AttributeError(f"module 'graphlab.layers' has no attribute {name!r}.{_near_names(name, __all__)}")
