"""Op families. Each op is one paragraph: its record in the registry right above its public function."""

from graphlab.ops import activations as activations
from graphlab.ops import arithmetic as arithmetic
from graphlab.ops import arrays as arrays
from graphlab.ops import control as control
from graphlab.ops import elementwise as elementwise
from graphlab.ops import linalg as linalg
from graphlab.ops import random as random
from graphlab.ops import reductions as reductions
from graphlab.ops import state as state
from graphlab.ops import training as training
