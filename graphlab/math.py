"""Mathematical functions. Mirrors `tf.math`."""

from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.ops.arithmetic import polyval as polyval
from graphlab.ops.elementwise import expm1 as expm1
from graphlab.ops.elementwise import log1p as log1p
from graphlab.ops.segments import bincount as bincount
from graphlab.ops.special_functions import digamma as digamma
from graphlab.ops.special_functions import div_no_nan as divide_no_nan
from graphlab.ops.special_functions import erf as erf
from graphlab.ops.special_functions import erfc as erfc
from graphlab.ops.special_functions import lgamma as lgamma
from graphlab.ops.special_functions import multiply_no_nan as multiply_no_nan
from graphlab.ops.special_functions import polygamma as polygamma
from graphlab.ops.special_functions import reciprocal_no_nan as reciprocal_no_nan
from graphlab.ops.special_functions import xdivy as xdivy
from graphlab.ops.special_functions import xlogy as xlogy
from graphlab.ops.statistics import reduce_std as reduce_std
from graphlab.ops.statistics import reduce_variance as reduce_variance

__getattr__ = _refuse_unknown(globals())
