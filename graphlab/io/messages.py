"""Messages of TensorFlow's files that tensorboard does not bring: checkpoints' contents and their state file."""

from __future__ import annotations

from typing import Any, Final

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from tensorboard.compat.proto import tensor_pb2, tensor_shape_pb2, types_pb2, versions_pb2

_FIELD = descriptor_pb2.FieldDescriptorProto
_FILE: Final = "graphlab/checkpoint.proto"
_PACKAGE: Final = "graphlab"


def _file() -> descriptor_pb2.FileDescriptorProto:
    dependencies = (tensor_pb2, tensor_shape_pb2, types_pb2, versions_pb2)
    file = descriptor_pb2.FileDescriptorProto(
        name=_FILE, package=_PACKAGE, syntax="proto3", dependency=[d.DESCRIPTOR.name for d in dependencies]
    )
    shape = tensor_shape_pb2.TensorShapeProto.DESCRIPTOR.full_name
    version = versions_pb2.VersionDef.DESCRIPTOR.full_name
    header = file.message_type.add(name="BundleHeaderProto")
    endianness = header.enum_type.add(name="Endianness")
    endianness.value.add(name="LITTLE", number=0)
    endianness.value.add(name="BIG", number=1)
    _add(header, "num_shards", 1, _FIELD.TYPE_INT32)
    _add(header, "endianness", 2, _FIELD.TYPE_ENUM, f".{_PACKAGE}.BundleHeaderProto.Endianness")
    _add(header, "version", 3, _FIELD.TYPE_MESSAGE, f".{version}")
    entry = file.message_type.add(name="BundleEntryProto")
    # The number rather than the enum: a file may hold types that this engine does not know.
    _add(entry, "dtype", 1, _FIELD.TYPE_INT32)
    _add(entry, "shape", 2, _FIELD.TYPE_MESSAGE, f".{shape}")
    _add(entry, "shard_id", 3, _FIELD.TYPE_INT32)
    _add(entry, "offset", 4, _FIELD.TYPE_INT64)
    _add(entry, "size", 5, _FIELD.TYPE_INT64)
    _add(entry, "crc32c", 6, _FIELD.TYPE_FIXED32)
    _add(entry, "slices", 7, _FIELD.TYPE_BYTES, is_repeated=True)
    _add_slices(file, shape, tensor_pb2.TensorProto.DESCRIPTOR.full_name)
    state = file.message_type.add(name="CheckpointState")
    _add(state, "model_checkpoint_path", 1, _FIELD.TYPE_STRING)
    _add(state, "all_model_checkpoint_paths", 2, _FIELD.TYPE_STRING, is_repeated=True)
    _add(state, "all_model_checkpoint_timestamps", 3, _FIELD.TYPE_DOUBLE, is_repeated=True)
    _add(state, "last_preserved_timestamp", 4, _FIELD.TYPE_DOUBLE)
    return file


def _add_slices(file: descriptor_pb2.FileDescriptorProto, shape: str, tensor: str) -> None:
    """The messages of the first format, without what is not needed to read them."""
    extents = file.message_type.add(name="TensorSliceProto")
    extent = extents.nested_type.add(name="Extent")
    _add(extent, "start", 1, _FIELD.TYPE_INT64)
    _add(extent, "length", 2, _FIELD.TYPE_INT64)
    _add(extents, "extent", 1, _FIELD.TYPE_MESSAGE, f".{_PACKAGE}.TensorSliceProto.Extent", is_repeated=True)
    described = file.message_type.add(name="SavedSliceMeta")
    _add(described, "name", 1, _FIELD.TYPE_STRING)
    _add(described, "shape", 2, _FIELD.TYPE_MESSAGE, f".{shape}")
    _add(described, "type", 3, _FIELD.TYPE_INT32)
    _add(described, "slice", 4, _FIELD.TYPE_MESSAGE, f".{_PACKAGE}.TensorSliceProto", is_repeated=True)
    contents = file.message_type.add(name="SavedTensorSliceMeta")
    _add(contents, "tensor", 1, _FIELD.TYPE_MESSAGE, f".{_PACKAGE}.SavedSliceMeta", is_repeated=True)
    piece = file.message_type.add(name="SavedSlice")
    _add(piece, "name", 1, _FIELD.TYPE_STRING)
    _add(piece, "data", 3, _FIELD.TYPE_MESSAGE, f".{tensor}")
    row = file.message_type.add(name="SavedTensorSlices")
    _add(row, "meta", 1, _FIELD.TYPE_MESSAGE, f".{_PACKAGE}.SavedTensorSliceMeta")
    _add(row, "data", 2, _FIELD.TYPE_MESSAGE, f".{_PACKAGE}.SavedSlice")


def _add(message: Any, name: str, number: int, kind: Any, type_name: str = "", is_repeated: bool = False) -> None:
    label = _FIELD.LABEL_REPEATED if is_repeated else _FIELD.LABEL_OPTIONAL
    field = message.field.add(name=name, number=number, type=kind, label=label)
    if type_name:
        field.type_name = type_name


def _message(name: str) -> Any:
    return message_factory.GetMessageClass(descriptor_pool.Default().FindMessageTypeByName(f"{_PACKAGE}.{name}"))


descriptor_pool.Default().Add(_file())

BundleHeaderProto: Final = _message("BundleHeaderProto")
BundleEntryProto: Final = _message("BundleEntryProto")
CheckpointState: Final = _message("CheckpointState")
SavedTensorSlices: Final = _message("SavedTensorSlices")
