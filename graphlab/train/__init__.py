"""Training: `tf.train`."""

from graphlab.train.gradient_descent import GradientDescentOptimizer as GradientDescentOptimizer
from graphlab.train.optimizer import Optimizer as Optimizer
