"""Summaries for TensorBoard: `tf.summary`."""

from tensorboard.compat.proto.event_pb2 import Event as Event
from tensorboard.compat.proto.event_pb2 import SessionLog as SessionLog
from tensorboard.compat.proto.event_pb2 import TaggedRunMetadata as TaggedRunMetadata
from tensorboard.compat.proto.summary_pb2 import Summary as Summary
from tensorboard.compat.proto.summary_pb2 import SummaryDescription as SummaryDescription

from graphlab.graph.missing import refuse_unknown as _refuse_unknown
from graphlab.summary import ops as ops
from graphlab.summary.file_writer import FileWriter as FileWriter
from graphlab.summary.file_writer import FileWriterCache as FileWriterCache
from graphlab.summary.nodes import histogram as histogram
from graphlab.summary.nodes import image as image
from graphlab.summary.nodes import merge as merge
from graphlab.summary.nodes import merge_all as merge_all
from graphlab.summary.nodes import scalar as scalar
from graphlab.summary.nodes import tensor_summary as tensor_summary
from graphlab.summary.nodes import text as text

__getattr__ = _refuse_unknown(globals())
