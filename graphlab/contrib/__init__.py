"""The parts of `tf.contrib` that programs of TensorFlow 1.x use most."""

from graphlab.contrib import layers as layers
