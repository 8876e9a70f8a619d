"""Real TensorFlow, set up as the book has it: graph mode, reference variables, the layers of Keras 2.

Importing this module needs the oracle's environment; it answers to `import graphlab` in the same process, so
that programs and samples run there unchanged.
"""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from types import SimpleNamespace
from typing import Any

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_USE_LEGACY_KERAS"] = "1"
# oneDNN sums in another order than TensorFlow's own kernels.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
warnings.simplefilter("ignore")

tf: Any = importlib.import_module("tensorflow.compat.v1")
GraphDef = importlib.import_module("tensorflow.core.framework.graph_pb2").GraphDef

# What was tf.contrib.layers and tf.contrib.framework lives on in a package of its own.
slim = importlib.import_module("tf_slim")
tf.contrib = SimpleNamespace(layers=slim.layers, framework=slim)

tf.logging.set_verbosity(tf.logging.ERROR)
tf.disable_v2_behavior()
tf.disable_resource_variables()
sys.modules["graphlab"] = tf
