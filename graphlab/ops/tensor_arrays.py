"""`tf.TensorArray`: a list of tensors that a loop reads and writes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from graphlab.graph.dtypes import as_dtype, int32, int64
from graphlab.graph.shapes import TensorShape
from graphlab.graph.tensor import Tensor
from graphlab.ops import arrays, build, elementwise
from graphlab.ops.convert import convert_to_tensor
from graphlab.ops.scopes import colocate_with, control_dependencies, device, name_scope
from graphlab.ops.static import constant_value


class TensorArray:
    """A list of tensors of one type in the graph. Mirrors `tf.TensorArray`.

    Each write returns a new TensorArray; use that one afterwards. An element may be read once unless
    `clear_after_read` is false.

    Attributes:
        handle: identifies the list.
        flow: has the content of the list, and so orders what is done with it.
        dtype: the element type.
    """

    def __init__(
        self,
        dtype: Any,
        size: Any = None,
        dynamic_size: bool | None = None,
        clear_after_read: bool | None = None,
        tensor_array_name: str | None = None,
        handle: Tensor | None = None,
        flow: Tensor | None = None,
        infer_shape: bool = True,
        element_shape: Any = None,
        colocate_with_first_write_call: bool = True,
        name: str | None = None,
    ) -> None:
        """Adds a list to the graph, or wraps the one that `handle` and `flow` are.

        Args:
            dtype: the element type.
            size: how many elements it has.
            dynamic_size: whether writes behind the end make it longer.
            clear_after_read: whether each element may be read only once; default True.
            tensor_array_name: an attribute of the node.
            handle: of an existing list; then none of the arguments before it but `dtype` may be given.
            flow: of an existing list.
            infer_shape: whether all elements have one shape.
            element_shape: what is known of it.
            colocate_with_first_write_call: whether operations go to the device of the first value written.
            name: the name of the node.

        Raises:
            ValueError: arguments are missing or exclude each other.
        """
        if handle is None and size is None:
            raise ValueError("Argument `size` must be provided if handle is not provided.")
        if handle is not None and (
            size is not None
            or element_shape is not None
            or dynamic_size is not None
            or tensor_array_name
            or flow is None
        ):
            raise ValueError(
                "With `handle` give `flow`, and none of `size`, `element_shape`, `dynamic_size` and `tensor_array_name`."
            )
        self.dtype = as_dtype(dtype).base_dtype
        self._size = size
        self._dynamic_size = bool(dynamic_size)
        self._infer_shape = infer_shape
        # Shared by all TensorArrays that are states of one list.
        self._element_shape = [TensorShape(element_shape)]
        self._colocated: list[Tensor] | None = [] if colocate_with_first_write_call else None
        with name_scope(name, "TensorArray", [v for v in (handle, size, flow) if isinstance(v, Tensor)]) as scope:
            if handle is not None and flow is not None:
                self.handle, self.flow = handle, flow
                return
            free = contextlib.ExitStack()
            if colocate_with_first_write_call:
                free.enter_context(device(None))
                free.enter_context(colocate_with(None, ignore_existing=True))
            with free:
                self.handle, self.flow = build.add(
                    "TensorArrayV3",
                    size,
                    name=scope,
                    dtype=self.dtype,
                    element_shape=TensorShape(element_shape),
                    identical_element_shapes=infer_shape,
                    dynamic_size=self._dynamic_size,
                    clear_after_read=True if clear_after_read is None else clear_after_read,
                    tensor_array_name=tensor_array_name or "",
                )

    @property
    def element_shape(self) -> TensorShape:
        """What is known of the shape of the elements."""
        return self._element_shape[0]

    @property
    def dynamic_size(self) -> bool:
        """Whether writes behind the end make it longer."""
        return self._dynamic_size

    def identity(self) -> TensorArray:
        """Returns the same list, ordered after the open control dependencies."""
        return self._after(arrays.identity(self.flow))

    def grad(self, source: str, flow: Tensor | None = None, name: str | None = None) -> TensorArray:
        """Returns the list of the gradients of the elements; `source` tells the calls of tf.gradients apart."""
        flow = self.flow if flow is None else flow
        with name_scope(name, "TensorArrayGrad", [self.handle]), colocate_with(self.handle):
            handle, _ = build.add("TensorArrayGradV3", self.handle, flow, name=name, source=source)
            with control_dependencies([handle]):
                flow = arrays.identity(flow, name="gradient_flow")
            result = TensorArray(
                self.dtype,
                handle=handle,
                flow=flow,
                infer_shape=self._infer_shape,
                colocate_with_first_write_call=False,
            )
            result._element_shape = self._element_shape
            return result

    def read(self, index: Any, name: str | None = None) -> Tensor:
        """Returns an element."""
        value: Tensor = build.add("TensorArrayReadV3", self.handle, index, self.flow, name=name, dtype=self.dtype)
        value.set_shape(self.element_shape)
        return value

    def write(self, index: Any, value: Any, name: str | None = None) -> TensorArray:
        """Returns the list with an element written.

        Raises:
            ValueError: the value has another shape than the other elements.
        """
        with name_scope(name, "TensorArrayWrite", [self.handle]):
            tensor = self._checked(value)
            self._merge_shape(tensor.shape)
            with self._placed(tensor):
                return self._after(build.add("TensorArrayWriteV3", self.handle, index, tensor, self.flow, name=name))

    def stack(self, name: str | None = None) -> Tensor:
        """Returns all elements as one tensor."""
        with colocate_with(self.handle), name_scope(name, "TensorArrayStack", [self.handle]):
            value = self.gather(arrays.sequence(0, self.size()), name=name)
            if self.element_shape.extents is not None and not self._dynamic_size and self._size is not None:
                size = constant_value(convert_to_tensor(self._size)) if isinstance(self._size, Tensor) else self._size
                value.set_shape(TensorShape([None if size is None else int(size)]).concatenate(self.element_shape))
            return value

    def gather(self, indices: Any, name: str | None = None) -> Tensor:
        """Returns some elements as one tensor."""
        value: Tensor = build.add(
            "TensorArrayGatherV3",
            self.handle,
            indices,
            self.flow,
            name=name,
            dtype=self.dtype,
            element_shape=self.element_shape,
        )
        value.set_shape(TensorShape([None]).concatenate(self.element_shape))
        return value

    def concat(self, name: str | None = None) -> Tensor:
        """Returns the elements one behind the other along their first dimension."""
        rest = self.element_shape[1:]
        value, _ = build.add(
            "TensorArrayConcatV3", self.handle, self.flow, name=name, dtype=self.dtype, element_shape_except0=rest
        )
        result: Tensor = value
        return result

    def unstack(self, value: Any, name: str | None = None) -> TensorArray:
        """Returns the list filled with the slices of a tensor along its first dimension."""
        with name_scope(name, "TensorArrayUnstack", [self.handle]):
            count = arrays.shape(value)[0]
            return self.scatter(arrays.sequence(0, count), value, name=name)

    def scatter(self, indices: Any, value: Any, name: str | None = None) -> TensorArray:
        """Returns the list with some elements written."""
        with name_scope(name, "TensorArrayScatter", [self.handle]):
            tensor = self._checked(value)
            self._merge_shape(tensor.shape[1:])
            with self._placed(tensor):
                return self._after(
                    build.add("TensorArrayScatterV3", self.handle, indices, tensor, self.flow, name=name)
                )

    def split(self, value: Any, lengths: Any, name: str | None = None) -> TensorArray:
        """Returns the list filled with pieces of a tensor, cut along its first dimension."""
        with name_scope(name, "TensorArraySplit", [self.handle]):
            tensor = convert_to_tensor(value, dtype=self.dtype, name="value")
            with self._placed(tensor):
                wide = elementwise.cast(lengths, int64)
                return self._after(build.add("TensorArraySplitV3", self.handle, tensor, wide, self.flow, name=name))

    def size(self, name: str | None = None) -> Tensor:
        """Returns how many elements it has."""
        if not self._dynamic_size and self._size is not None:
            return convert_to_tensor(self._size, dtype=int32)
        result: Tensor = build.add("TensorArraySizeV3", self.handle, self.flow, name=name)
        return result

    def close(self, name: str | None = None) -> Any:
        """Adds an operation that gives up the list."""
        return build.add("TensorArrayCloseV3", self.handle, name=name)

    def _after(self, flow: Tensor) -> TensorArray:
        """The same list after a change."""
        result = TensorArray.__new__(TensorArray)
        result.__dict__.update(self.__dict__)
        result.flow = flow
        return result

    def _checked(self, value: Any) -> Tensor:
        return convert_to_tensor(value, preferred_dtype=self.dtype, name="value")

    def _merge_shape(self, shape: TensorShape) -> None:
        if not shape.is_compatible_with(self.element_shape):
            raise ValueError(
                f"Inconsistent shapes: saw {shape} but expected {self.element_shape}. Pass infer_shape=False if they may differ."
            )
        if self._infer_shape:
            self._element_shape[0] = self.element_shape.merge_with(shape)

    @contextlib.contextmanager
    def _placed(self, value: Tensor) -> Iterator[None]:
        if self._colocated is None:
            yield
            return
        if not self._colocated:
            self._colocated.append(value)
        with colocate_with(self._colocated[0]):
            yield


def flow_of(value: Any) -> Any:
    """The flow of a TensorArray; anything else as it is."""
    return value.flow if isinstance(value, TensorArray) else value


def with_flow(value: Any, flow: Tensor) -> Any:
    """A TensorArray with another flow; in the place of anything else the flow itself."""
    return value._after(flow) if isinstance(value, TensorArray) else flow
