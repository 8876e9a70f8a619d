"""Graphs of chosen sizes, as TensorFlow programs make them: layers with variables, their gradients, updates, a saver."""

from __future__ import annotations

from tensorboard.compat.proto.attr_value_pb2 import AttrValue
from tensorboard.compat.proto.graph_pb2 import GraphDef
from tensorboard.compat.proto.node_def_pb2 import NodeDef
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.compat.proto.types_pb2 import DT_FLOAT

UNITS_PER_BLOCK = 10
OPS_PER_UNIT = 32


class _Writer:
    def __init__(self) -> None:
        self.graph_def = GraphDef()
        self._shapes: dict[tuple[int, ...], AttrValue] = {}

    def add(self, name: str, op: str, *inputs: str, shape: tuple[int, ...] = (-1, 256)) -> str:
        node = self.graph_def.node.add(name=name, op=op, input=inputs)
        node.attr["T"].type = DT_FLOAT
        node.attr["_output_shapes"].CopyFrom(self._shape(shape))
        return name

    def _shape(self, shape: tuple[int, ...]) -> AttrValue:
        if shape not in self._shapes:
            proto = TensorShapeProto(dim=[TensorShapeProto.Dim(size=size) for size in shape])
            self._shapes[shape] = AttrValue(list=AttrValue.ListValue(shape=[proto]))
        return self._shapes[shape]


def training_graph(ops: int) -> GraphDef:
    """Makes a training program's graph of about that many operations.

    Args:
        ops: how many operations, to within a few percent.
    """
    writer = _Writer()
    units = max(1, round((ops - 10) / OPS_PER_UNIT))
    value = writer.add("inputs/x", "Placeholder")
    labels = writer.add("inputs/y", "Placeholder")
    scopes = [f"model/block_{unit // UNITS_PER_BLOCK}/unit_{unit % UNITS_PER_BLOCK}" for unit in range(units)]
    outputs = []
    for scope in scopes:
        value = _forward(writer, scope, value)
        outputs.append(value)
    error = writer.add("loss/sub", "Sub", value, labels)
    square = writer.add("loss/Square", "Square", error)
    loss = writer.add("loss/mse", "Mean", square, shape=())
    gradient = writer.add("train/gradients/loss/mse_grad/mul", "Mul", loss, error)
    updates = []
    for scope, output in zip(reversed(scopes), reversed(outputs), strict=True):
        gradient, steps = _backward(writer, scope, output, gradient)
        updates += steps
    writer.add("train/step", "NoOp", *(f"^{update}" for update in updates), shape=())
    variables = [f"{scope}/{part}" for scope in scopes for part in ("kernel", "bias")]
    writer.add("save/SaveV2", "SaveV2", *variables, shape=())
    writer.add("init", "NoOp", *(f"^{variable}/Assign" for variable in variables), shape=())
    return writer.graph_def


def _variable(writer: _Writer, name: str, shape: tuple[int, ...]) -> str:
    start = writer.add(f"{name}/Initializer/random_uniform", "RandomUniform", shape=shape)
    writer.add(name, "VariableV2", shape=shape)
    writer.add(f"{name}/Assign", "Assign", name, start, shape=shape)
    return writer.add(f"{name}/read", "Identity", name, shape=shape)


def _forward(writer: _Writer, scope: str, value: str) -> str:
    """16 operations."""
    kernel = _variable(writer, f"{scope}/kernel", (256, 256))
    bias = _variable(writer, f"{scope}/bias", (256,))
    product = writer.add(f"{scope}/dense/MatMul", "MatMul", value, kernel)
    added = writer.add(f"{scope}/dense/BiasAdd", "BiasAdd", product, bias)
    mean = writer.add(f"{scope}/norm/Mean", "Mean", added)
    centred = writer.add(f"{scope}/norm/sub", "Sub", added, mean)
    square = writer.add(f"{scope}/norm/Square", "Square", centred)
    spread = writer.add(f"{scope}/norm/Rsqrt", "Rsqrt", square)
    normal = writer.add(f"{scope}/norm/mul", "Mul", centred, spread)
    return writer.add(f"{scope}/Relu", "Relu", normal)


def _backward(writer: _Writer, scope: str, output: str, gradient: str) -> tuple[str, list[str]]:
    """16 operations."""
    at = f"train/gradients/{scope}"
    relu = writer.add(f"{at}/Relu_grad/ReluGrad", "ReluGrad", gradient, output)
    scaled = writer.add(f"{at}/norm/mul_grad/Mul", "Mul", relu, f"{scope}/norm/Rsqrt")
    other = writer.add(f"{at}/norm/mul_grad/Mul_1", "Mul", relu, f"{scope}/norm/sub")
    inverse = writer.add(f"{at}/norm/Rsqrt_grad/RsqrtGrad", "RsqrtGrad", f"{scope}/norm/Rsqrt", other)
    square = writer.add(f"{at}/norm/Square_grad/Mul", "Mul", inverse, f"{scope}/norm/sub")
    total = writer.add(f"{at}/norm/AddN", "AddN", scaled, square)
    mean = writer.add(f"{at}/norm/Mean_grad/Tile", "Tile", total)
    dense = writer.add(f"{at}/norm/sub_grad/Sub", "Sub", total, mean)
    bias = writer.add(f"{at}/dense/BiasAdd_grad/BiasAddGrad", "BiasAddGrad", dense, shape=(256,))
    kernel = writer.add(f"{at}/dense/MatMul_grad/MatMul_1", "MatMul", dense, f"{scope}/dense/BiasAdd", shape=(256, 256))
    result = writer.add(f"{at}/dense/MatMul_grad/MatMul", "MatMul", dense, f"{scope}/kernel/read")
    steps = []
    for part, slope in (("kernel", kernel), ("bias", bias)):
        rate = writer.add(f"train/update/{scope}/{part}/rate", "Const", shape=())
        update = f"train/update/{scope}/{part}/ApplyGradientDescent"
        steps.append(writer.add(update, "ApplyGradientDescent", f"{scope}/{part}", rate, slope))
    writer.add(f"{at}/group_deps", "NoOp", *(f"^{step}" for step in steps), shape=())
    return result, steps


def flat_graph(children: int) -> GraphDef:
    """Makes one scope of that many children, named `op.12` as JAX programs name them: a chain with skips."""
    writer = _Writer()
    kinds = ("Add", "Mul", "Tanh", "Sub", "Max")
    names: list[str] = []
    for index in range(children):
        kind = kinds[(index * 7 + index // 5) % len(kinds)]
        inputs = names[-1:] + (names[-9:-8] if index % 3 == 0 else [])
        names.append(writer.add(f"main/{kind.lower()}.{index}", kind, *inputs))
    return writer.graph_def


def dense_graph() -> GraphDef:
    """Makes six scopes side by side, each of 20 ranks of 12 operations that read two of the rank before."""
    writer = _Writer()
    kinds = ("Add", "Mul", "Tanh", "Sub", "Max")
    for scope in "abcdef":
        before: list[str] = []
        for rank in range(20):
            row = []
            for column in range(12):
                index = rank * 12 + column
                kind = kinds[(index * 7 + index // 5) % len(kinds)]
                inputs = [before[column], before[(column + 1) % 12]] if before else []
                row.append(writer.add(f"{scope}/{kind.lower()}.{index}", kind, *inputs))
            before = row
    return writer.graph_def


def node_names(graph_def: GraphDef) -> list[str]:
    """The names of all nodes."""
    nodes: list[NodeDef] = list(graph_def.node)
    return [node.name for node in nodes]
