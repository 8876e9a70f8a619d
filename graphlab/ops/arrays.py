"""The array functions that other op families build on, under one name."""

from graphlab.ops.filling import fill as fill
from graphlab.ops.filling import ones as ones
from graphlab.ops.filling import ones_like as ones_like
from graphlab.ops.filling import sequence as sequence
from graphlab.ops.filling import tile as tile
from graphlab.ops.filling import zeros as zeros
from graphlab.ops.filling import zeros_like as zeros_like
from graphlab.ops.gathering import boolean_mask as boolean_mask
from graphlab.ops.gathering import gather as gather
from graphlab.ops.identities import identity as identity
from graphlab.ops.identities import placeholder as placeholder
from graphlab.ops.identities import placeholder_with_default as placeholder_with_default
from graphlab.ops.identities import stop_gradient as stop_gradient
from graphlab.ops.joining import concat as concat
from graphlab.ops.joining import split as split
from graphlab.ops.reshaping import expand_dims as expand_dims
from graphlab.ops.reshaping import reshape as reshape
from graphlab.ops.reshaping import transpose as transpose
from graphlab.ops.selecting import where as where
from graphlab.ops.shapes import rank as rank
from graphlab.ops.shapes import shape as shape
from graphlab.ops.shapes import shape_of as shape_of
from graphlab.ops.shapes import size as size
from graphlab.ops.stacking import stack as stack
from graphlab.ops.stacking import unstack as unstack
