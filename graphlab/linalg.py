"""Linear algebra. Mirrors `tf.linalg`."""

from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.ops.contractions import einsum as einsum
from graphlab.ops.contractions import tensordot as tensordot
from graphlab.ops.decompositions import cholesky as cholesky
from graphlab.ops.decompositions import cross as cross
from graphlab.ops.decompositions import matrix_determinant as det
from graphlab.ops.decompositions import matrix_inverse as inv
from graphlab.ops.decompositions import matrix_solve as solve
from graphlab.ops.decompositions import matrix_triangular_solve as triangular_solve
from graphlab.ops.diagonals import eye as eye
from graphlab.ops.diagonals import matrix_band_part as band_part
from graphlab.ops.diagonals import matrix_diag as diag
from graphlab.ops.diagonals import matrix_diag_part as diag_part
from graphlab.ops.diagonals import matrix_set_diag as set_diag
from graphlab.ops.diagonals import trace as trace
from graphlab.ops.linalg import matmul as matmul
from graphlab.ops.linalg import matvec as matvec
from graphlab.ops.reshaping import matrix_transpose as transpose
from graphlab.ops.statistics import norm as norm

__getattr__ = _refuse_unknown(globals())
