"""Training: `tf.train`."""

from graphlab.io.graph_files import write_graph as write_graph
from graphlab.train.gradient_descent import GradientDescentOptimizer as GradientDescentOptimizer
from graphlab.train.optimizer import Optimizer as Optimizer
