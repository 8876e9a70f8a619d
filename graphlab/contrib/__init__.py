"""The parts of `tf.contrib` that programs of TensorFlow 1.x use most."""

from graphlab.contrib import framework as framework
from graphlab.contrib import layers as layers
from graphlab.graph.missing import refuse_unknown as _refuse_unknown

__getattr__ = _refuse_unknown(globals())
