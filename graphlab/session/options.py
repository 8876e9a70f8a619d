"""Options of sessions and runs as TensorFlow's messages, and the record of a traced run."""

from __future__ import annotations

import time
from typing import Any, Final

import numpy as np
from tensorboard.compat.proto import config_pb2, step_stats_pb2

from graphlab.graph.dtypes import as_dtype
from graphlab.graph.shapes import TensorShape
from graphlab.session.stepwise import Evaluated, Steps

ConfigProto = config_pb2.ConfigProto
GPUOptions = config_pb2.GPUOptions
RunOptions = config_pb2.RunOptions
RunMetadata = config_pb2.RunMetadata

# What these ask for is so already, or concerns memory and threads that JAX manages.
_ACCEPTED_CONFIG: Final = frozenset(
    {"allow_soft_placement", "gpu_options", "intra_op_parallelism_threads", "inter_op_parallelism_threads"}
)
_DEVICE: Final = "/job:localhost/replica:0/task:0/device:CPU:0"


def check_config(config: Any) -> None:
    """Checks that a session can be what a `tf.ConfigProto` asks for.

    Raises:
        TypeError: it is no `tf.ConfigProto`.
        NotImplementedError: it asks for something else than threads, memory and soft placement.
    """
    if config is None:
        return
    if not isinstance(config, ConfigProto):
        raise TypeError(f"Argument `config` must be a tf.ConfigProto, but got type {type(config).__name__!r}.")
    unsupported = [field.name for field, _ in config.ListFields() if field.name not in _ACCEPTED_CONFIG]
    if unsupported:
        raise NotImplementedError(f"Session(config=...) does not support {', '.join(unsupported)}; leave it out.")


def is_traced(options: Any, run_metadata: Any) -> bool:
    """Whether a run is to be recorded node by node.

    Raises:
        TypeError: the options are no `tf.RunOptions`, or the metadata no `tf.RunMetadata`.
        NotImplementedError: the options ask for something else than a trace.
    """
    if run_metadata is not None and not isinstance(run_metadata, RunMetadata):
        raise TypeError(f"`run_metadata` must be a tf.RunMetadata, but got type {type(run_metadata).__name__!r}.")
    if options is None:
        return False
    if not isinstance(options, RunOptions):
        raise TypeError(f"`options` must be a tf.RunOptions, but got type {type(options).__name__!r}.")
    unsupported = [field.name for field, _ in options.ListFields() if field.name != "trace_level"]
    if unsupported:
        raise NotImplementedError(f"run(options=...) does not support {', '.join(unsupported)}; leave it out.")
    return options.trace_level in (RunOptions.SOFTWARE_TRACE, RunOptions.FULL_TRACE)


def record(steps: Steps, run_metadata: Any) -> Any:
    """Makes a run node by node on NumPy and records when each node began and ended.

    Args:
        steps: the run.
        run_metadata: a `tf.RunMetadata` that receives the record as `step_stats`, or None.

    Returns:
        What the run returns.
    """
    stats = step_stats_pb2.StepStats() if run_metadata is None else run_metadata.step_stats
    device = stats.dev_stats.add(device=_DEVICE)
    while True:
        begin = time.time_ns()
        step = next(steps, None)
        if step is None:
            return steps.result
        _add_node(device, step, begin, time.time_ns())


def _add_node(device: step_stats_pb2.DeviceStepStats, step: Evaluated, begin_ns: int, end_ns: int) -> None:
    micros = max((end_ns - begin_ns) // 1000, 1)
    op = step.operation
    node = device.node_stats.add(
        node_name=op.name,
        all_start_micros=begin_ns // 1000,
        op_end_rel_micros=micros,
        all_end_rel_micros=micros,
        timeline_label=f"{op.name} = {op.type}({', '.join(t.op.name for t in op.inputs)})",
    )
    for slot, value in enumerate(step.values):
        if value is None:
            continue
        array = np.asarray(value)
        description = node.output.add(slot=slot).tensor_description
        description.dtype = as_dtype(array.dtype).as_datatype_enum
        description.shape.CopyFrom(TensorShape(array.shape).as_proto())
        description.allocation_description.requested_bytes = array.nbytes
        description.allocation_description.allocated_bytes = array.nbytes
        description.allocation_description.allocator_name = "cpu"
