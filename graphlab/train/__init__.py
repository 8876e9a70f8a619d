"""Training: `tf.train`."""

from tensorboard.compat.proto.saver_pb2 import SaverDef as SaverDef

from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.io import checkpoint_ops as checkpoint_ops
from graphlab.io.graph_files import write_graph as write_graph
from graphlab.io.messages import CheckpointState as CheckpointState
from graphlab.summary.events import summary_iterator as summary_iterator
from graphlab.train.adadelta import AdadeltaOptimizer as AdadeltaOptimizer
from graphlab.train.adagrad import AdagradOptimizer as AdagradOptimizer
from graphlab.train.adam import AdamOptimizer as AdamOptimizer
from graphlab.train.checkpoint_reading import CheckpointReader as NewCheckpointReader  # noqa: F401  TensorFlow's name
from graphlab.train.checkpoint_reading import list_variables as list_variables
from graphlab.train.checkpoint_reading import load_checkpoint as load_checkpoint
from graphlab.train.checkpoint_reading import load_variable as load_variable
from graphlab.train.checkpoint_state import checkpoint_exists as checkpoint_exists
from graphlab.train.checkpoint_state import generate_checkpoint_state_proto as generate_checkpoint_state_proto
from graphlab.train.checkpoint_state import get_checkpoint_mtimes as get_checkpoint_mtimes
from graphlab.train.checkpoint_state import get_checkpoint_state as get_checkpoint_state
from graphlab.train.checkpoint_state import latest_checkpoint as latest_checkpoint
from graphlab.train.checkpoint_state import remove_checkpoint as remove_checkpoint
from graphlab.train.checkpoint_state import update_checkpoint_state as update_checkpoint_state
from graphlab.train.export_meta_graph import export_meta_graph as export_meta_graph
from graphlab.train.ftrl import FtrlOptimizer as FtrlOptimizer
from graphlab.train.global_steps import assert_global_step as assert_global_step
from graphlab.train.global_steps import create_global_step as create_global_step
from graphlab.train.global_steps import get_global_step as get_global_step
from graphlab.train.global_steps import get_or_create_global_step as get_or_create_global_step
from graphlab.train.global_steps import global_step as global_step
from graphlab.train.gradient_descent import GradientDescentOptimizer as GradientDescentOptimizer
from graphlab.train.import_meta_graph import import_meta_graph as import_meta_graph
from graphlab.train.learning_rate_decay import cosine_decay as cosine_decay
from graphlab.train.learning_rate_decay import exponential_decay as exponential_decay
from graphlab.train.learning_rate_decay import inverse_time_decay as inverse_time_decay
from graphlab.train.learning_rate_decay import natural_exp_decay as natural_exp_decay
from graphlab.train.learning_rate_decay import polynomial_decay as polynomial_decay
from graphlab.train.momentum import MomentumOptimizer as MomentumOptimizer
from graphlab.train.moving_averages import ExponentialMovingAverage as ExponentialMovingAverage
from graphlab.train.optimizer import Optimizer as Optimizer
from graphlab.train.piecewise import piecewise_constant as piecewise_constant
from graphlab.train.piecewise import piecewise_constant as piecewise_constant_decay  # noqa: F401  TensorFlow has both names.
from graphlab.train.rms_prop import RMSPropOptimizer as RMSPropOptimizer
from graphlab.train.saver import Saver as Saver

__getattr__ = _refuse_unknown(globals())
