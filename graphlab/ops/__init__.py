"""Op families. Each op is one paragraph: its record in the registry right above its public function."""

from graphlab.ops import activations as activations
from graphlab.ops import arithmetic as arithmetic
from graphlab.ops import arrays as arrays
from graphlab.ops import comparisons as comparisons
from graphlab.ops import control as control
from graphlab.ops import convolution as convolution
from graphlab.ops import elementwise as elementwise
from graphlab.ops import linalg as linalg
from graphlab.ops import pooling as pooling
from graphlab.ops import random as random
from graphlab.ops import reductions as reductions
from graphlab.ops import rounding as rounding
from graphlab.ops import scatter as scatter
from graphlab.ops import special_functions as special_functions
from graphlab.ops import state as state
from graphlab.ops import training as training
from graphlab.ops import trigonometry as trigonometry
