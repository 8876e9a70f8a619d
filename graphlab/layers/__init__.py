"""Layers: functions and classes that make their own variables. Mirrors `tf.layers`."""

from graphlab.graph.missing import refuse_unknown as _refuse_unknown
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

__getattr__ = _refuse_unknown(globals())
