"""Training: `tf.train`."""

from graphlab.io.graph_files import write_graph as write_graph
from graphlab.train.adadelta import AdadeltaOptimizer as AdadeltaOptimizer
from graphlab.train.adagrad import AdagradOptimizer as AdagradOptimizer
from graphlab.train.adam import AdamOptimizer as AdamOptimizer
from graphlab.train.ftrl import FtrlOptimizer as FtrlOptimizer
from graphlab.train.global_steps import assert_global_step as assert_global_step
from graphlab.train.global_steps import create_global_step as create_global_step
from graphlab.train.global_steps import get_global_step as get_global_step
from graphlab.train.global_steps import get_or_create_global_step as get_or_create_global_step
from graphlab.train.global_steps import global_step as global_step
from graphlab.train.gradient_descent import GradientDescentOptimizer as GradientDescentOptimizer
from graphlab.train.learning_rate_decay import cosine_decay as cosine_decay
from graphlab.train.learning_rate_decay import exponential_decay as exponential_decay
from graphlab.train.learning_rate_decay import inverse_time_decay as inverse_time_decay
from graphlab.train.learning_rate_decay import natural_exp_decay as natural_exp_decay
from graphlab.train.learning_rate_decay import polynomial_decay as polynomial_decay
from graphlab.train.momentum import MomentumOptimizer as MomentumOptimizer
from graphlab.train.moving_averages import ExponentialMovingAverage as ExponentialMovingAverage
from graphlab.train.optimizer import Optimizer as Optimizer
from graphlab.train.rms_prop import RMSPropOptimizer as RMSPropOptimizer
