"""Training: `tf.train`."""

from graphlab.io.graph_files import write_graph as write_graph
from graphlab.train.adadelta import AdadeltaOptimizer as AdadeltaOptimizer
from graphlab.train.adagrad import AdagradOptimizer as AdagradOptimizer
from graphlab.train.adam import AdamOptimizer as AdamOptimizer
from graphlab.train.ftrl import FtrlOptimizer as FtrlOptimizer
from graphlab.train.gradient_descent import GradientDescentOptimizer as GradientDescentOptimizer
from graphlab.train.momentum import MomentumOptimizer as MomentumOptimizer
from graphlab.train.optimizer import Optimizer as Optimizer
from graphlab.train.rms_prop import RMSPropOptimizer as RMSPropOptimizer
