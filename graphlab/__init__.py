"""Graph Lab: TensorFlow 1.x dataflow graphs on JAX. Use it as `import graphlab as tf`."""

from importlib.metadata import version as _version
from typing import Any as _Any

from graphlab import train as train
from graphlab.gradients import gradients as gradients
from graphlab.graph import errors as errors
from graphlab.graph.collections import GraphKeys as GraphKeys
from graphlab.graph.context import get_default_session as get_default_session
from graphlab.graph.dtypes import DType as DType
from graphlab.graph.dtypes import as_dtype as as_dtype
from graphlab.graph.dtypes import bfloat16 as bfloat16
from graphlab.graph.dtypes import bool_ as bool  # noqa: A004  TensorFlow's name
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
from graphlab.graph.dtypes import string as string
from graphlab.graph.dtypes import uint8 as uint8
from graphlab.graph.dtypes import uint16 as uint16
from graphlab.graph.dtypes import uint32 as uint32
from graphlab.graph.dtypes import uint64 as uint64
from graphlab.graph.graph import Graph as Graph
from graphlab.graph.graph import get_default_graph as get_default_graph
from graphlab.graph.graph import reset_default_graph as reset_default_graph
from graphlab.graph.registry import near_names as _near_names
from graphlab.graph.shapes import Dimension as Dimension
from graphlab.graph.shapes import TensorShape as TensorShape
from graphlab.graph.tensor import Operation as Operation
from graphlab.graph.tensor import Tensor as Tensor
from graphlab.ops.arithmetic import add as add
from graphlab.ops.arithmetic import add_n as add_n
from graphlab.ops.arithmetic import divide as divide
from graphlab.ops.arithmetic import floordiv as floordiv
from graphlab.ops.arithmetic import floormod as floormod
from graphlab.ops.arithmetic import floormod as mod
from graphlab.ops.arithmetic import maximum as maximum
from graphlab.ops.arithmetic import minimum as minimum
from graphlab.ops.arithmetic import multiply as multiply
from graphlab.ops.arithmetic import power as pow  # noqa: A004  TensorFlow's name
from graphlab.ops.arithmetic import realdiv as realdiv
from graphlab.ops.arithmetic import subtract as subtract
from graphlab.ops.arithmetic import truediv as truediv
from graphlab.ops.arrays import expand_dims as expand_dims
from graphlab.ops.arrays import fill as fill
from graphlab.ops.arrays import identity as identity
from graphlab.ops.arrays import ones as ones
from graphlab.ops.arrays import ones_like as ones_like
from graphlab.ops.arrays import placeholder as placeholder
from graphlab.ops.arrays import placeholder_with_default as placeholder_with_default
from graphlab.ops.arrays import rank as rank
from graphlab.ops.arrays import reshape as reshape
from graphlab.ops.arrays import sequence as range  # noqa: A004  TensorFlow's name
from graphlab.ops.arrays import shape as shape
from graphlab.ops.arrays import size as size
from graphlab.ops.arrays import stack as stack
from graphlab.ops.arrays import stop_gradient as stop_gradient
from graphlab.ops.arrays import tile as tile
from graphlab.ops.arrays import transpose as transpose
from graphlab.ops.arrays import unstack as unstack
from graphlab.ops.arrays import where as where
from graphlab.ops.arrays import zeros as zeros
from graphlab.ops.arrays import zeros_like as zeros_like
from graphlab.ops.constant import constant as constant
from graphlab.ops.control import group as group
from graphlab.ops.control import no_op as no_op
from graphlab.ops.control import tuple_ as tuple  # noqa: A004  TensorFlow's name
from graphlab.ops.convert import convert_to_tensor as convert_to_tensor
from graphlab.ops.convert import register_tensor_conversion_function as register_tensor_conversion_function
from graphlab.ops.elementwise import abs_ as abs  # noqa: A004  TensorFlow's name
from graphlab.ops.elementwise import cast as cast
from graphlab.ops.elementwise import conj as conj
from graphlab.ops.elementwise import cos as cos
from graphlab.ops.elementwise import equal as equal
from graphlab.ops.elementwise import exp as exp
from graphlab.ops.elementwise import greater as greater
from graphlab.ops.elementwise import greater_equal as greater_equal
from graphlab.ops.elementwise import less as less
from graphlab.ops.elementwise import less_equal as less_equal
from graphlab.ops.elementwise import log as log
from graphlab.ops.elementwise import logical_and as logical_and
from graphlab.ops.elementwise import logical_not as logical_not
from graphlab.ops.elementwise import logical_or as logical_or
from graphlab.ops.elementwise import negative as negative
from graphlab.ops.elementwise import not_equal as not_equal
from graphlab.ops.elementwise import reciprocal as reciprocal
from graphlab.ops.elementwise import sign as sign
from graphlab.ops.elementwise import sin as sin
from graphlab.ops.elementwise import sqrt as sqrt
from graphlab.ops.elementwise import square as square
from graphlab.ops.linalg import matmul as matmul
from graphlab.ops.linalg import matrix_inverse as matrix_inverse
from graphlab.ops.random import get_seed as get_seed
from graphlab.ops.random import random_normal as random_normal
from graphlab.ops.random import random_uniform as random_uniform
from graphlab.ops.random import set_random_seed as set_random_seed
from graphlab.ops.reductions import reduce_all as reduce_all
from graphlab.ops.reductions import reduce_any as reduce_any
from graphlab.ops.reductions import reduce_max as reduce_max
from graphlab.ops.reductions import reduce_mean as reduce_mean
from graphlab.ops.reductions import reduce_min as reduce_min
from graphlab.ops.reductions import reduce_prod as reduce_prod
from graphlab.ops.reductions import reduce_sum as reduce_sum
from graphlab.ops.scopes import colocate_with as colocate_with
from graphlab.ops.scopes import container as container
from graphlab.ops.scopes import control_dependencies as control_dependencies
from graphlab.ops.scopes import device as device
from graphlab.ops.scopes import name_scope as name_scope
from graphlab.ops.state import assign as assign
from graphlab.ops.state import assign_add as assign_add
from graphlab.ops.state import assign_sub as assign_sub
from graphlab.ops.state import is_variable_initialized as is_variable_initialized
from graphlab.ops.state import scatter_update as scatter_update
from graphlab.session.session import InteractiveSession as InteractiveSession
from graphlab.session.session import Session as Session
from graphlab.variables import Variable as Variable
from graphlab.variables import global_variables as global_variables
from graphlab.variables import global_variables_initializer as global_variables_initializer
from graphlab.variables import local_variables as local_variables
from graphlab.variables import local_variables_initializer as local_variables_initializer
from graphlab.variables import trainable_variables as trainable_variables
from graphlab.variables import variables_initializer as variables_initializer

__version__ = _version("graph-lab")


def __getattr__(name: str) -> _Any:
    raise AttributeError(f"module 'graphlab' has no attribute {name!r}.{_near_names(name, globals())}")
