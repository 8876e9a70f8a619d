"""Files: `tf.io`."""

from graphlab.io.graph_files import write_graph as write_graph
