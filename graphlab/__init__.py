"""Graph Lab: TensorFlow 1.x dataflow graphs on JAX. Use it as `import graphlab as tf`."""

from importlib.metadata import version as _version

from tensorboard.compat.proto.event_pb2 import Event as Event
from tensorboard.compat.proto.graph_pb2 import GraphDef as GraphDef
from tensorboard.compat.proto.histogram_pb2 import HistogramProto as HistogramProto
from tensorboard.compat.proto.meta_graph_pb2 import MetaGraphDef as MetaGraphDef
from tensorboard.compat.proto.node_def_pb2 import NodeDef as NodeDef
from tensorboard.compat.proto.summary_pb2 import Summary as Summary

from graphlab import contrib as contrib
from graphlab import initializers as initializers
from graphlab import io as io
from graphlab import layers as layers
from graphlab import linalg as linalg
from graphlab import losses as losses
from graphlab import math as math
from graphlab import nn as nn
from graphlab import summary as summary
from graphlab import train as train
from graphlab.get_variable import get_local_variable as get_local_variable
from graphlab.get_variable import get_variable as get_variable
from graphlab.gradient_aggregation import AggregationMethod as AggregationMethod
from graphlab.gradients import UnconnectedGradients as UnconnectedGradients
from graphlab.gradients import gradients as gradients
from graphlab.graph import errors as errors
from graphlab.graph.collections import GraphKeys as GraphKeys
from graphlab.graph.context import get_default_session as get_default_session
from graphlab.graph.default_collections import add_to_collection as add_to_collection
from graphlab.graph.default_collections import add_to_collections as add_to_collections
from graphlab.graph.default_collections import get_collection as get_collection
from graphlab.graph.default_collections import get_collection_ref as get_collection_ref
from graphlab.graph.dtypes import DType as DType
from graphlab.graph.dtypes import as_dtype as as_dtype
from graphlab.graph.dtypes import bfloat16 as bfloat16
from graphlab.graph.dtypes import bool_ as _bool
from graphlab.graph.dtypes import complex64 as complex64
from graphlab.graph.dtypes import complex128 as complex128
from graphlab.graph.dtypes import double as double
from graphlab.graph.dtypes import float16 as float16
from graphlab.graph.dtypes import float32 as float32
from graphlab.graph.dtypes import float64 as float64
from graphlab.graph.dtypes import half as half
from graphlab.graph.dtypes import int8 as int8
from graphlab.graph.dtypes import int16 as int16
from graphlab.graph.dtypes import int32 as int32
from graphlab.graph.dtypes import int64 as int64
from graphlab.graph.dtypes import resource as resource
from graphlab.graph.dtypes import string as string
from graphlab.graph.dtypes import uint8 as uint8
from graphlab.graph.dtypes import uint16 as uint16
from graphlab.graph.dtypes import uint32 as uint32
from graphlab.graph.dtypes import uint64 as uint64
from graphlab.graph.graph import Graph as Graph
from graphlab.graph.graph import get_default_graph as get_default_graph
from graphlab.graph.graph import reset_default_graph as reset_default_graph
from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.graph.shapes import Dimension as Dimension
from graphlab.graph.shapes import TensorShape as TensorShape
from graphlab.graph.tensor import Operation as Operation
from graphlab.graph.tensor import Tensor as Tensor
from graphlab.initializers import constant as _constant_initializer
from graphlab.initializers import glorot_normal as _glorot_normal_initializer
from graphlab.initializers import glorot_uniform as _glorot_uniform_initializer
from graphlab.initializers import ones as _ones_initializer
from graphlab.initializers import random_normal as _random_normal_initializer
from graphlab.initializers import random_uniform as _random_uniform_initializer
from graphlab.initializers import truncated_normal as _truncated_normal_initializer
from graphlab.initializers import uniform_unit_scaling as _uniform_unit_scaling_initializer
from graphlab.initializers import variance_scaling as _variance_scaling_initializer
from graphlab.initializers import zeros as _zeros_initializer
from graphlab.ops.activations import log_sigmoid as log_sigmoid
from graphlab.ops.activations import sigmoid as sigmoid
from graphlab.ops.activations import tanh as tanh
from graphlab.ops.arithmetic import accumulate_n as accumulate_n
from graphlab.ops.arithmetic import add as add
from graphlab.ops.arithmetic import add_n as add_n
from graphlab.ops.arithmetic import maximum as maximum
from graphlab.ops.arithmetic import minimum as minimum
from graphlab.ops.arithmetic import multiply as multiply
from graphlab.ops.arithmetic import power as _pow
from graphlab.ops.arithmetic import squared_difference as squared_difference
from graphlab.ops.arithmetic import subtract as subtract
from graphlab.ops.blocks import depth_to_space as depth_to_space
from graphlab.ops.blocks import space_to_depth as space_to_depth
from graphlab.ops.cases import case as case
from graphlab.ops.casts import bitcast as bitcast
from graphlab.ops.casts import imag as imag
from graphlab.ops.casts import real as real
from graphlab.ops.casts import saturate_cast as saturate_cast
from graphlab.ops.casts import to_double as to_double
from graphlab.ops.casts import to_float as to_float
from graphlab.ops.casts import to_int32 as to_int32
from graphlab.ops.casts import to_int64 as to_int64
from graphlab.ops.checks import assert_ as Assert  # noqa: N812  TensorFlow's name
from graphlab.ops.checks import check_numerics as check_numerics
from graphlab.ops.checks import print_ as _Print  # noqa: N812  TensorFlow's name
from graphlab.ops.clipping import clip_by_average_norm as clip_by_average_norm
from graphlab.ops.clipping import clip_by_global_norm as clip_by_global_norm
from graphlab.ops.clipping import clip_by_norm as clip_by_norm
from graphlab.ops.clipping import clip_by_value as clip_by_value
from graphlab.ops.clipping import global_norm as global_norm
from graphlab.ops.comparisons import equal as equal
from graphlab.ops.comparisons import greater as greater
from graphlab.ops.comparisons import greater_equal as greater_equal
from graphlab.ops.comparisons import less as less
from graphlab.ops.comparisons import less_equal as less_equal
from graphlab.ops.comparisons import logical_and as logical_and
from graphlab.ops.comparisons import logical_not as logical_not
from graphlab.ops.comparisons import logical_or as logical_or
from graphlab.ops.comparisons import logical_xor as logical_xor
from graphlab.ops.comparisons import not_equal as not_equal
from graphlab.ops.conditionals import cond as cond
from graphlab.ops.constant import constant as constant
from graphlab.ops.contractions import einsum as einsum
from graphlab.ops.contractions import tensordot as tensordot
from graphlab.ops.control import group as group
from graphlab.ops.control import no_op as no_op
from graphlab.ops.control import tuple_ as _tuple
from graphlab.ops.convert import convert_to_tensor as convert_to_tensor
from graphlab.ops.convert import register_tensor_conversion_function as register_tensor_conversion_function
from graphlab.ops.decompositions import cholesky as cholesky
from graphlab.ops.decompositions import cross as cross
from graphlab.ops.decompositions import matrix_determinant as matrix_determinant
from graphlab.ops.decompositions import matrix_inverse as matrix_inverse
from graphlab.ops.decompositions import matrix_solve as matrix_solve
from graphlab.ops.decompositions import matrix_triangular_solve as matrix_triangular_solve
from graphlab.ops.diagonals import diag as diag
from graphlab.ops.diagonals import diag_part as diag_part
from graphlab.ops.diagonals import eye as eye
from graphlab.ops.diagonals import matrix_band_part as matrix_band_part
from graphlab.ops.diagonals import matrix_diag as matrix_diag
from graphlab.ops.diagonals import matrix_diag_part as matrix_diag_part
from graphlab.ops.diagonals import matrix_set_diag as matrix_set_diag
from graphlab.ops.diagonals import trace as trace
from graphlab.ops.division import div as div
from graphlab.ops.division import divide as divide
from graphlab.ops.division import floordiv as floordiv
from graphlab.ops.division import floormod as _mod
from graphlab.ops.division import floormod as floormod
from graphlab.ops.division import realdiv as realdiv
from graphlab.ops.division import truediv as truediv
from graphlab.ops.division import truncatediv as truncatediv
from graphlab.ops.division import truncatemod as truncatemod
from graphlab.ops.elementwise import abs_ as _abs
from graphlab.ops.elementwise import cast as cast
from graphlab.ops.elementwise import conj as conj
from graphlab.ops.elementwise import exp as exp
from graphlab.ops.elementwise import expm1 as expm1
from graphlab.ops.elementwise import log as log
from graphlab.ops.elementwise import log1p as log1p
from graphlab.ops.elementwise import negative as negative
from graphlab.ops.elementwise import reciprocal as reciprocal
from graphlab.ops.elementwise import rsqrt as rsqrt
from graphlab.ops.elementwise import sign as sign
from graphlab.ops.elementwise import sqrt as sqrt
from graphlab.ops.elementwise import square as square
from graphlab.ops.filling import fill as fill
from graphlab.ops.filling import ones as ones
from graphlab.ops.filling import ones_like as ones_like
from graphlab.ops.filling import sequence as _range
from graphlab.ops.filling import tile as tile
from graphlab.ops.filling import zeros as zeros
from graphlab.ops.filling import zeros_like as zeros_like
from graphlab.ops.flipping import reverse as reverse
from graphlab.ops.flipping import reverse_sequence as reverse_sequence
from graphlab.ops.flipping import roll as roll
from graphlab.ops.functional import foldl as foldl
from graphlab.ops.functional import foldr as foldr
from graphlab.ops.functional import map_fn as map_fn
from graphlab.ops.functional import scan as scan
from graphlab.ops.gathering import boolean_mask as boolean_mask
from graphlab.ops.gathering import gather as gather
from graphlab.ops.gathering import gather_nd as gather_nd
from graphlab.ops.gathering import scatter_nd as scatter_nd
from graphlab.ops.graph_defs import import_graph_def as import_graph_def
from graphlab.ops.grids import linspace as _lin_space
from graphlab.ops.grids import linspace as linspace
from graphlab.ops.grids import meshgrid as meshgrid
from graphlab.ops.grids import one_hot as one_hot
from graphlab.ops.grids import sequence_mask as sequence_mask
from graphlab.ops.identities import identity as identity
from graphlab.ops.identities import identity_n as identity_n
from graphlab.ops.identities import placeholder as placeholder
from graphlab.ops.identities import placeholder_with_default as placeholder_with_default
from graphlab.ops.identities import stop_gradient as stop_gradient
from graphlab.ops.indexed_slices import IndexedSlices as IndexedSlices
from graphlab.ops.indexed_slices import IndexedSlicesValue as IndexedSlicesValue
from graphlab.ops.indexed_slices import convert_to_tensor_or_indexed_slices as convert_to_tensor_or_indexed_slices
from graphlab.ops.joining import concat as concat
from graphlab.ops.joining import dynamic_partition as dynamic_partition
from graphlab.ops.joining import dynamic_stitch as dynamic_stitch
from graphlab.ops.joining import split as split
from graphlab.ops.linalg import matmul as matmul
from graphlab.ops.loops import while_loop as while_loop
from graphlab.ops.padding import pad as pad
from graphlab.ops.python_functions import py_func as py_func
from graphlab.ops.random import get_seed as get_seed
from graphlab.ops.random import random_normal as random_normal
from graphlab.ops.random import random_uniform as random_uniform
from graphlab.ops.random import set_random_seed as set_random_seed
from graphlab.ops.random import truncated_normal as truncated_normal
from graphlab.ops.reductions import reduce_all as reduce_all
from graphlab.ops.reductions import reduce_any as reduce_any
from graphlab.ops.reductions import reduce_max as reduce_max
from graphlab.ops.reductions import reduce_mean as reduce_mean
from graphlab.ops.reductions import reduce_min as reduce_min
from graphlab.ops.reductions import reduce_prod as reduce_prod
from graphlab.ops.reductions import reduce_sum as reduce_sum
from graphlab.ops.reshaping import broadcast_to as broadcast_to
from graphlab.ops.reshaping import expand_dims as expand_dims
from graphlab.ops.reshaping import matrix_transpose as matrix_transpose
from graphlab.ops.reshaping import reshape as reshape
from graphlab.ops.reshaping import squeeze as squeeze
from graphlab.ops.reshaping import transpose as transpose
from graphlab.ops.rounding import ceil as ceil
from graphlab.ops.rounding import floor as floor
from graphlab.ops.rounding import is_finite as is_finite
from graphlab.ops.rounding import is_inf as is_inf
from graphlab.ops.rounding import is_nan as is_nan
from graphlab.ops.rounding import rint as rint
from graphlab.ops.rounding import round_ as _round
from graphlab.ops.scans import cumprod as cumprod
from graphlab.ops.scans import cumsum as cumsum
from graphlab.ops.scatter import scatter_add as scatter_add
from graphlab.ops.scatter import scatter_div as scatter_div
from graphlab.ops.scatter import scatter_max as scatter_max
from graphlab.ops.scatter import scatter_min as scatter_min
from graphlab.ops.scatter import scatter_mul as scatter_mul
from graphlab.ops.scatter import scatter_nd_add as scatter_nd_add
from graphlab.ops.scatter import scatter_nd_sub as scatter_nd_sub
from graphlab.ops.scatter import scatter_nd_update as scatter_nd_update
from graphlab.ops.scatter import scatter_sub as scatter_sub
from graphlab.ops.scatter import scatter_update as scatter_update
from graphlab.ops.scopes import colocate_with as colocate_with
from graphlab.ops.scopes import container as container
from graphlab.ops.scopes import control_dependencies as control_dependencies
from graphlab.ops.scopes import device as device
from graphlab.ops.scopes import name_scope as name_scope
from graphlab.ops.searching import argmax as argmax
from graphlab.ops.searching import argmin as argmin
from graphlab.ops.searching import argsort as argsort
from graphlab.ops.searching import invert_permutation as invert_permutation
from graphlab.ops.searching import searchsorted as searchsorted
from graphlab.ops.searching import setdiff1d as setdiff1d
from graphlab.ops.searching import sort as sort
from graphlab.ops.searching import unique as unique
from graphlab.ops.searching import unique_with_counts as unique_with_counts
from graphlab.ops.segments import bincount as bincount
from graphlab.ops.segments import segment_max as segment_max
from graphlab.ops.segments import segment_mean as segment_mean
from graphlab.ops.segments import segment_min as segment_min
from graphlab.ops.segments import segment_prod as segment_prod
from graphlab.ops.segments import segment_sum as segment_sum
from graphlab.ops.segments import unsorted_segment_sum as unsorted_segment_sum
from graphlab.ops.selecting import where as where
from graphlab.ops.selecting import where_v2 as where_v2
from graphlab.ops.shapes import broadcast_dynamic_shape as broadcast_dynamic_shape
from graphlab.ops.shapes import broadcast_static_shape as broadcast_static_shape
from graphlab.ops.shapes import ensure_shape as ensure_shape
from graphlab.ops.shapes import rank as rank
from graphlab.ops.shapes import shape as shape
from graphlab.ops.shapes import shape_n as shape_n
from graphlab.ops.shapes import size as size
from graphlab.ops.shuffling import multinomial as multinomial
from graphlab.ops.shuffling import random_shuffle as random_shuffle
from graphlab.ops.slicing import slice_ as _slice
from graphlab.ops.slicing import strided_slice as strided_slice
from graphlab.ops.special_functions import digamma as digamma
from graphlab.ops.special_functions import div_no_nan as div_no_nan
from graphlab.ops.special_functions import erf as erf
from graphlab.ops.special_functions import erfc as erfc
from graphlab.ops.special_functions import lgamma as lgamma
from graphlab.ops.special_functions import polygamma as polygamma
from graphlab.ops.stacking import stack as stack
from graphlab.ops.stacking import unstack as unstack
from graphlab.ops.state import assign as assign
from graphlab.ops.state import assign_add as assign_add
from graphlab.ops.state import assign_sub as assign_sub
from graphlab.ops.state import count_up_to as count_up_to
from graphlab.ops.state import is_variable_initialized as is_variable_initialized
from graphlab.ops.statistics import count_nonzero as count_nonzero
from graphlab.ops.statistics import norm as norm
from graphlab.ops.statistics import reduce_logsumexp as reduce_logsumexp
from graphlab.ops.tensor_arrays import TensorArray as TensorArray
from graphlab.ops.trigonometry import acos as acos
from graphlab.ops.trigonometry import acosh as acosh
from graphlab.ops.trigonometry import asin as asin
from graphlab.ops.trigonometry import asinh as asinh
from graphlab.ops.trigonometry import atan as atan
from graphlab.ops.trigonometry import atan2 as atan2
from graphlab.ops.trigonometry import atanh as atanh
from graphlab.ops.trigonometry import cos as cos
from graphlab.ops.trigonometry import cosh as cosh
from graphlab.ops.trigonometry import sin as sin
from graphlab.ops.trigonometry import sinh as sinh
from graphlab.ops.trigonometry import tan as tan
from graphlab.regularizers import no_regularizer as no_regularizer
from graphlab.session.options import ConfigProto as ConfigProto
from graphlab.session.options import GPUOptions as GPUOptions
from graphlab.session.options import RunMetadata as RunMetadata
from graphlab.session.options import RunOptions as RunOptions
from graphlab.session.session import InteractiveSession as InteractiveSession
from graphlab.session.session import Session as Session
from graphlab.variable_collections import assert_variables_initialized as assert_variables_initialized
from graphlab.variable_collections import global_variables as global_variables
from graphlab.variable_collections import global_variables_initializer as _initialize_all_variables
from graphlab.variable_collections import global_variables_initializer as global_variables_initializer
from graphlab.variable_collections import local_variables as local_variables
from graphlab.variable_collections import local_variables_initializer as local_variables_initializer
from graphlab.variable_collections import model_variables as model_variables
from graphlab.variable_collections import moving_average_variables as moving_average_variables
from graphlab.variable_collections import report_uninitialized_variables as report_uninitialized_variables
from graphlab.variable_collections import trainable_variables as trainable_variables
from graphlab.variable_collections import variables_initializer as variables_initializer
from graphlab.variable_scope import variable_op_scope as variable_op_scope
from graphlab.variable_scope import variable_scope as variable_scope
from graphlab.variable_scope_stack import VariableScope as VariableScope
from graphlab.variable_scope_stack import get_variable_scope as get_variable_scope
from graphlab.variable_store import AUTO_REUSE as AUTO_REUSE
from graphlab.variables import Variable as Variable

newaxis = None

__version__ = _version("graph-lab")

# TensorFlow's names for what has another name here; some are Python's own, so they come last.
Print = _Print
abs = _abs
bool = _bool
constant_initializer = _constant_initializer
glorot_normal_initializer = _glorot_normal_initializer
glorot_uniform_initializer = _glorot_uniform_initializer
initialize_all_variables = _initialize_all_variables
lin_space = _lin_space
mod = _mod
ones_initializer = _ones_initializer
pow = _pow
random_normal_initializer = _random_normal_initializer
random_uniform_initializer = _random_uniform_initializer
range = _range
round = _round
slice = _slice
truncated_normal_initializer = _truncated_normal_initializer
tuple = _tuple
uniform_unit_scaling_initializer = _uniform_unit_scaling_initializer
variance_scaling_initializer = _variance_scaling_initializer
zeros_initializer = _zeros_initializer

__getattr__ = _refuse_unknown(globals())
