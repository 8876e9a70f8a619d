"""The array functions that other op families build on, under one name."""

from graphlab.ops.filling import fill, ones, ones_like, sequence, tile, zeros, zeros_like
from graphlab.ops.gathering import boolean_mask, gather
from graphlab.ops.identities import identity, placeholder, placeholder_with_default, stop_gradient
from graphlab.ops.joining import concat, split
from graphlab.ops.reshaping import expand_dims, reshape, transpose
from graphlab.ops.selecting import where
from graphlab.ops.shapes import rank, shape, shape_of, size
from graphlab.ops.stacking import stack, unstack

__all__ = [
    "boolean_mask",
    "concat",
    "expand_dims",
    "fill",
    "gather",
    "identity",
    "ones",
    "ones_like",
    "placeholder",
    "placeholder_with_default",
    "rank",
    "reshape",
    "sequence",
    "shape",
    "shape_of",
    "size",
    "split",
    "stack",
    "stop_gradient",
    "tile",
    "transpose",
    "unstack",
    "where",
    "zeros",
    "zeros_like",
]
