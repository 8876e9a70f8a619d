"""Files: `tf.io`."""

from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.io.graph_files import write_graph as write_graph

__getattr__ = _refuse_unknown(globals())
