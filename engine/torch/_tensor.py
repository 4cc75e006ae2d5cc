"""`torch.Tensor`: what a tensor is in Python. Its operations are added from the engine's list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from . import (
    _C,
    _conversion,
    _indexing,
    _legacy,
    _names,
    _operation,
    _operators,
    _printing,
    _storage,
    _subclass,
    _transforms,
)
from ._backward import backward
from ._dtype import (
    by_code,
    check_device,
    code_of,
    contiguous_format,
    cpu,
    device,
    dtype,
    layout,
    memory_format,
    strided,
    tensor_type_names,
)
from ._handles import TensorBase
from ._hooks import (
    RemovableHandle,
    hooks_of,
    register_post_accumulate_hook,
    register_tensor_hook,
)
from ._node import Node, node
from ._parameter import kind_of, number
from ._signature import choose, parse_signature
from ._size import Size, trusted

engine = _C.engine
_dtype_class = dtype  # where an argument has the name
# What programs ask for all the time, without the way through `engine`.
_ndim, _size, _small_shape = engine.ndim, engine.size, engine.small_shape
_grad, _item, _backward_one = engine.grad, engine.item, engine.backward_one
_require_grad = engine.require_grad

_NOT_A_LEAF = (
    "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad "
    "attribute won't be populated during autograd.backward(). If you indeed want the .grad field "
    "to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. If you "
    "access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See "
    "github.com/pytorch/pytorch/pull/30531 for more information."
)
_TO_SCALAR = (
    "Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior.\n"
    "Consider using tensor.detach() first."
)
_NO_DIMENSIONS = (
    "Tensor.{} is deprecated on 0-D tensors. This function is the identity in these cases."
)
_CONJUGATE = "Tensor.{} is deprecated on 0-D tensors. Consider using x.conj()."
_T_DEPRECATED = (
    "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated "
    "and it will throw an error in a future release. Consider `x.mT` to transpose batches of "
    "matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a "
    "tensor."
)


# Small shapes by the number that the engine gives for them: see `small_shape` there.
_shapes: dict[int, Size] = {}


def _shape_of_code(code: int) -> Size:
    count, sizes = code & 7, code >> 3
    shape = trusted([sizes >> 9 * dim & 511 for dim in range(count)])
    _shapes[code] = shape
    return shape


class Tensor(TensorBase):
    """Numbers of one dtype, in any number of dimensions, that can record how they were made.

    Make one with `torch.tensor`, `torch.zeros` and the like. With `requires_grad=True` every
    differentiable operation on it is recorded, and `backward()` on the result puts the gradient
    into `.grad`.
    """

    __slots__ = ("__dict__",)
    __module__ = "torch"

    def __new__(cls, *args: Any, **kwargs: Any) -> Tensor:
        if not args and not kwargs:
            return object.__new__(cls)
        made = _legacy.new(None, args, kwargs)
        return made if cls is Tensor else _C.recast(made, cls)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _subclass.adopt(cls, Tensor)

    __torch_function__ = classmethod(_subclass.torch_function)
    as_subclass = _subclass.as_subclass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """`torch.Tensor(2, 3)` and `torch.Tensor([1, 2])`: the old way to make float tensors."""
        if not args and not _has_handle(self):
            _legacy.empty_into(self)

    # --- what it is ------------------------------------------------------------------------------

    @property
    def shape(self) -> Size:
        """The length of each dimension."""
        handle = self._h
        code = _small_shape(handle)
        if code < 0:
            # Number by number: fetching a JavaScript array costs twice as much.
            return trusted([_size(handle, dim) for dim in range(_ndim(handle))])
        return _shapes.get(code) or _shape_of_code(code)

    def size(self, *args: Any, **kwargs: Any) -> Any:
        """The shape, or the length of dimension `dim`; IndexError if there is no such one."""
        dim = args[0] if len(args) == 1 and not kwargs else None
        if type(dim) is not int and (args or kwargs):
            _, (dim,) = choose(_SIZE, args, kwargs)
        if dim is None:
            return self.shape
        return self.shape[self._dimension(dim)]

    def _dimension(self, dim: int) -> int:
        count = self.ndim
        if not count:
            raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
        if not -max(count, 1) <= dim < max(count, 1):
            raise IndexError(
                f"Dimension out of range (expected to be in range of [{-max(count, 1)}, "
                f"{max(count, 1) - 1}], but got {dim})"
            )
        return dim

    @property
    def ndim(self) -> int:
        """How many dimensions there are."""
        return engine.ndim(self._h)

    def dim(self) -> int:
        """How many dimensions there are."""
        return engine.ndim(self._h)

    ndimension = dim

    def numel(self) -> int:
        """How many elements there are."""
        return engine.numel(self._h)

    nelement = numel

    @property
    def dtype(self) -> dtype:
        """The type of the elements, such as `torch.float32`."""
        return by_code[engine.dtype(self._h)]

    @property
    def device(self) -> device:
        """Where the tensor lives: always the CPU here."""
        return cpu

    @property
    def layout(self) -> layout:
        """How the elements lie in memory: always `torch.strided` here."""
        return strided

    @property
    def itemsize(self) -> int:
        """Bytes of one element."""
        return self.dtype.itemsize

    @property
    def nbytes(self) -> int:
        """Bytes of all elements."""
        return self.numel() * self.itemsize

    def element_size(self) -> int:
        """Bytes of one element."""
        return self.itemsize

    def stride(self, *args: Any, **kwargs: Any) -> Any:
        """How many elements apart neighbours lie, along each dimension or along `dim`."""
        _, (dim,) = choose(_STRIDE, args, kwargs)
        strides = tuple(engine.strides(self._h))
        return strides if dim is None else strides[self._dimension(dim)]

    def storage_offset(self) -> int:
        """Where in its storage the first element lies."""
        return engine.storage_offset(self._h)

    def data_ptr(self) -> int:
        """A number that stands for the place of the first element in memory.

        Views of the same place have the same number.
        """
        _transforms.check_memory(self)
        return int(engine.data_ptr(self._h))

    def is_contiguous(self, memory_format: memory_format = contiguous_format) -> bool:
        """Do the elements lie row by row without gaps?"""
        return engine.is_contiguous(self._h)

    def is_floating_point(self) -> bool:
        """Is the dtype float32 or float64?"""
        return self.dtype.is_floating_point

    def is_complex(self) -> bool:
        """False: there are no complex tensors here."""
        return False

    is_conj = is_neg = is_complex

    def is_same_size(self, other: Tensor) -> bool:
        """Has the other tensor the same shape?"""
        return self.shape == other.shape

    def is_signed(self) -> bool:
        """Can an element be negative?"""
        return self.dtype.is_signed

    is_cuda = is_sparse = is_quantized = is_meta = is_mkldnn = is_mps = is_nested = False
    is_cpu = True

    def is_inference(self) -> bool:
        """Was the tensor made in inference mode?"""
        return engine.is_inference(self._h)

    def get_device(self) -> int:
        """The number of the device: -1, as for every CPU tensor."""
        return -1

    @property
    def _version(self) -> int:
        return _C.check(engine.version(self._h))

    def _is_scalar(self) -> bool:
        """May it stand where a Python number is asked for?"""
        return engine.ndim(self._h) == 0 and not engine.requires_grad(self._h)

    def _is_view(self) -> bool:
        return engine.is_view(self._h)

    @property
    def _base(self) -> Tensor | None:
        return _C.tensor_or_none(engine.base(self._h))

    # --- autograd --------------------------------------------------------------------------------

    @property
    def requires_grad(self) -> bool:
        """Is what is computed from this tensor recorded? Can be changed on leaves only."""
        return engine.requires_grad(self._h)

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        if type(value) is not bool:
            raise RuntimeError("requires_grad must be a bool")
        if not self.is_leaf:
            raise RuntimeError(_leaf_message(value))
        if value and not self.is_floating_point():
            raise RuntimeError(
                "only Tensors of floating point and complex dtype can require gradients"
            )
        self._set_requires_grad(value)

    def requires_grad_(self, *args: Any, **kwargs: Any) -> Tensor:
        """Switch recording on (or off) for this tensor, and give the tensor back."""
        wanted = not args or (len(args) == 1 and args[0] is True)
        if wanted and not kwargs and _require_grad(self._h):
            return self
        _, (value,) = choose(_REQUIRES_GRAD, args, kwargs)
        if engine.level_kind():
            raise RuntimeError(_transforms.refusal("requires_grad_"))
        if not value and not self.is_leaf:
            raise RuntimeError(_leaf_message(value))
        if value and not self.is_floating_point():
            raise RuntimeError("only Tensors of floating point dtype can require gradients")
        if self.is_leaf:
            self._set_requires_grad(value)
        return self

    def _set_requires_grad(self, value: bool) -> None:
        if value and self.is_inference() and not engine.inference_enabled():
            raise RuntimeError(
                "Setting requires_grad=True on inference tensor outside InferenceMode "
                "is not allowed."
            )
        engine.set_requires_grad(self._h, value)

    @property
    def is_leaf(self) -> bool:
        """Was it made by the user and not by a recorded operation?"""
        return bool(_C.check(engine.is_leaf(self._h)))

    @property
    def grad_fn(self) -> Node | None:
        """The node of the graph that made this tensor; None for leaves."""
        return node(engine.grad_fn(self._h))

    @property
    def output_nr(self) -> int:
        """Which of the results of `grad_fn` this is."""
        return engine.output_nr(self._h)

    @property
    def grad(self) -> Tensor | None:
        """The gradient that `backward()` has added up for this leaf; None before the first one."""
        handle = _grad(self._h)
        if handle:
            return _C.tensor(handle)
        if not engine.retains_grad(self._h) and not self.is_leaf:
            _C.warn(_NOT_A_LEAF)
        return None

    @grad.setter
    def grad(self, value: Tensor | None) -> None:
        if value is not None and not isinstance(value, TensorBase):
            raise TypeError(
                "assigned grad expected to be a Tensor or None "
                f"but got grad of type {type(value).__name__}"
            )
        _C.check(engine.set_grad(self._h, 0 if value is None else value._h))

    @grad.deleter
    def grad(self) -> None:
        engine.set_grad(self._h, 0)

    @property
    def data(self) -> Tensor:
        """The same numbers without history, and without telling autograd of changes.

        Prefer `detach()`, which shares the version counter, so that autograd notices changes.
        """
        return _C.tensor(engine.data(self._h))

    @data.setter
    def data(self, value: Tensor) -> None:
        if not isinstance(value, TensorBase):
            raise TypeError(f"Variable data has to be a tensor, but got {type(value).__name__}")
        _C.check(engine.set_data(self._h, value._h))

    def backward(
        self,
        gradient: Tensor | None = None,
        retain_graph: bool | None = None,
        create_graph: bool = False,
        inputs: Any = None,
    ) -> None:
        """Compute the gradient of this tensor with respect to the leaves, added into their `.grad`.

        A tensor with more than one element needs `gradient`, a tensor v of its shape: the leaves
        then get the vector–Jacobian product vᵀJ. `retain_graph=True` keeps the graph for another
        backward, `create_graph=True` records this one, so that gradients can be differentiated
        again. With `inputs` only those tensors get gradients.

        Raises RuntimeError if the tensor isn't the result of a recorded computation, if it needs
        `gradient` and has none, or if the graph has been freed by an earlier backward.
        """
        if create_graph or inputs is not None:
            backward(self, gradient, retain_graph, create_graph, inputs=inputs)
        elif gradient is None and not retain_graph:
            if _backward_one(self._h) < 0:
                _C.raise_error()
        elif gradient is None or isinstance(gradient, TensorBase):
            seed = 0 if gradient is None else gradient._h
            if _backward_one(self._h, seed, bool(retain_graph)) < 0:
                _C.raise_error()
        else:
            backward(self, gradient, retain_graph)

    def retain_grad(self) -> None:
        """Ask for `.grad` on a tensor that is not a leaf."""
        if engine.level_kind():
            raise RuntimeError(_transforms.refusal("retain_grad"))
        if not self.requires_grad:
            raise RuntimeError("can't retain_grad on Tensor that has requires_grad=False")
        _C.check(engine.retain_grad(self._h))

    @property
    def retains_grad(self) -> bool:
        """Is this a non-leaf whose `.grad` was asked for?"""
        return engine.retains_grad(self._h)

    def detach_(self) -> Tensor:
        """Cut this very tensor off its history."""
        if self._is_view():
            raise RuntimeError(
                "Can't detach views in-place. Use detach() instead. If you are using "
                "DistributedDataParallel (DDP) for training, and gradient_as_bucket_view is set "
                "as True, gradients are views of DDP buckets, and hence detach_() cannot be called "
                "on these gradients. To fix this error, please refer to the Optimizer.zero_grad() "
                "function in torch/optim/optimizer.py as the solution."
            )
        engine.detach_(self._h)
        return self

    def register_hook(self, hook: Callable[[Tensor], Tensor | None]) -> RemovableHandle:
        """Call `hook(grad)` whenever the gradient of this tensor is computed.

        What the hook returns, unless None, takes the gradient's place.
        """
        if not self.requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        return register_tensor_hook(self, hook)

    def register_post_accumulate_grad_hook(self, hook: Callable[[Tensor], None]) -> RemovableHandle:
        """Call `hook(tensor)` whenever backward has added to this leaf's `.grad`."""
        if not self.requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        if not self.is_leaf:
            raise RuntimeError(
                "post accumulate grad hooks cannot be registered on non-leaf tensors"
            )
        return register_post_accumulate_hook(self, hook)

    @property
    def _backward_hooks(self) -> Any:
        return hooks_of(self, "tensor")

    @_backward_hooks.setter
    def _backward_hooks(self, hooks: Any) -> None:
        engine.clear_tensor_hooks(self._h)
        for hook in hooks.values() if isinstance(hooks, dict) else ():
            register_tensor_hook(self, hook)

    @property
    def _post_accumulate_grad_hooks(self) -> Any:
        return hooks_of(self, "accumulated")

    # --- Python numbers --------------------------------------------------------------------------

    def item(self) -> Any:
        """The only element as a Python number."""
        value = _item(self._h)
        kind = type(value)
        if kind is float or kind is bool:
            return value
        if value is None:
            _C.raise_error()
        # Whole numbers cross as int, whatever they are in the engine.
        return float(value) if self.dtype.is_floating_point else value

    def tolist(self) -> Any:
        """The elements as nested lists of Python numbers; a plain number for a 0-d tensor."""
        return _conversion.to_list(self)

    def __bool__(self) -> bool:
        count = self.numel()
        if count == 1:
            return _transforms.truth(self)
        many = "more than one value" if count else "no values"
        raise RuntimeError(f"Boolean value of Tensor with {many} is ambiguous")

    def _to_number(self) -> Any:
        if self.requires_grad and engine.grad_enabled():
            _C.warn_once(_TO_SCALAR)
        if self.numel() != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        return self.item()

    def __float__(self) -> float:
        return float(self._to_number())

    def __int__(self) -> int:
        if self.numel() != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        return int(self.item())

    def __complex__(self) -> complex:
        return complex(self._to_number())

    def __index__(self) -> int:
        if self.numel() != 1 or self.is_floating_point():
            raise TypeError("only integer tensors of a single element can be converted to an index")
        return int(self.item())

    def __format__(self, spec: str) -> str:
        if self.ndim == 0 and type(self) is Tensor:
            return format(self.item(), spec)
        return object.__format__(self, spec)

    def __repr__(self, *, tensor_contents: str | None = None) -> str:
        return _printing.show(self, contents=tensor_contents)

    def __str__(self) -> str:
        return self.__repr__()

    # --- as a collection -------------------------------------------------------------------------

    def __len__(self) -> int:
        if self.ndim == 0:
            raise TypeError("len() of a 0-d tensor")
        return engine.size(self._h, 0)

    def __iter__(self) -> Iterator[Tensor]:
        if self.ndim == 0:
            raise TypeError("iteration over a 0-d tensor")
        return iter(self.unbind(0))

    def __reversed__(self) -> Tensor:
        return self if self.ndim == 0 else self.flip(0)

    def __contains__(self, element: Any) -> bool:
        if isinstance(element, (TensorBase, int, float, complex)):
            return bool((element == self).any().item())
        raise RuntimeError(
            "Tensor.__contains__ only supports Tensor or scalar, "
            f"but you passed in a {type(element)}."
        )

    def __getitem__(self, at: Any) -> Tensor:
        return _indexing.getitem(self, at, _conversion.index_tensor)

    def __setitem__(self, at: Any, value: Any) -> None:
        _indexing.setitem(self, at, value, Tensor._assignable, _conversion.index_tensor)

    def _assignable(self, value: Any) -> tuple[Any, int]:
        if isinstance(value, TensorBase):
            return value._h, 0
        if isinstance(value, (bool, int, float)):
            return number(value), kind_of(value)
        raise TypeError(f"can't assign a {type(value).__name__} to a {self.type()}")

    def __delitem__(self, at: Any) -> None:
        raise TypeError("Tensor does not support deleting items")

    def __hash__(self) -> int:
        return id(self)

    def __getattr__(self, name: str) -> Any:
        says = f"'{type(self).__name__}' object has no attribute '{name}'"
        raise _names.missing("Tensor", name, _names.TENSOR, says, self)

    def __dir__(self) -> list[str]:
        return sorted({*dir(type(self)), *self.__dict__})

    # --- other dtypes, other shapes --------------------------------------------------------------

    def to(self, *args: Any, **kwargs: Any) -> Tensor:
        """The tensor in another dtype: `to(dtype)`, `to(device)`, `to(device, dtype)`, `to(other)`.

        Gives the tensor itself back where nothing changes, unless `copy=True`.
        """
        target, copy = parse_to(args, kwargs)
        return self._to_dtype(target, copy)

    def _to_dtype(self, target: dtype | type | None, copy: bool = False) -> Tensor:
        code = engine.dtype(self._h) if target is None else code_of(target)
        return _C.tensor((_TO_COPY if copy else _TO_DTYPE)(self._h, code))

    def type(self, dtype: Any = None, non_blocking: bool = False) -> Any:
        """The name of the tensor's type, or the tensor converted to `dtype`."""
        if dtype is None:
            return tensor_type_names[self.dtype]
        if isinstance(dtype, str):
            for known, name in tensor_type_names.items():
                if name == dtype:
                    return self._to_dtype(known)
            raise ValueError(f"invalid type: '{dtype}'")
        wanted = getattr(dtype, "dtype", dtype)
        if isinstance(dtype, TensorBase) or not isinstance(wanted, (type, _dtype_class)):
            raise TypeError("dtype must be a type, str, or dtype object")
        return self._to_dtype(wanted)

    def type_as(self, other: Tensor) -> Tensor:
        """The tensor in the dtype of `other`."""
        return self._to_dtype(other.dtype)

    def cpu(self, memory_format: memory_format | None = None) -> Tensor:
        """The tensor itself: it is on the CPU already."""
        return self

    def cuda(self, *args: Any, **kwargs: Any) -> Tensor:
        """There is no GPU here: raises AssertionError, as PyTorch without CUDA does."""
        raise AssertionError("Torch not compiled with CUDA enabled")

    def pin_memory(self, *args: Any) -> Tensor:
        """The tensor itself: memory is not pinned in a browser."""
        return self

    @property
    def T(self) -> Tensor:
        """The tensor with its dimensions reversed: the transpose of a matrix."""
        if self.ndim != 2:
            _C.warn_once(_T_DEPRECATED if self.ndim else _NO_DIMENSIONS.format("T"))
        return _C.tensor(_NUMPY_T(self._h))

    @property
    def mT(self) -> Tensor:
        """The tensor with its last two dimensions swapped."""
        if self.ndim == 0:
            _C.warn_once(_NO_DIMENSIONS.format("mT"))
            return self
        return _C.tensor(_MT(self._h))

    @property
    def H(self) -> Tensor:
        """The conjugate transpose of a matrix: for real numbers the transpose."""
        if self.ndim == 0:
            _C.warn_once(_CONJUGATE.format("H"))
            return self
        if self.ndim != 2:
            raise RuntimeError(
                "tensor.H is only supported on matrices (2-D tensors). "
                f"Got {self.ndim}-D tensor."
                + (" For batches of matrices, consider using tensor.mH" if self.ndim > 2 else "")
            )
        return _C.tensor(_MT(self._h))

    @property
    def mH(self) -> Tensor:
        """The conjugate transpose of the last two dimensions: for real numbers `mT`."""
        return self._conjugate_transpose("mH")

    def adjoint(self) -> Tensor:
        """The conjugate transpose of the last two dimensions: for real numbers `mT`."""
        return self._conjugate_transpose("adjoint()")

    def _conjugate_transpose(self, name: str) -> Tensor:
        if self.ndim == 0:
            _C.warn_once(_CONJUGATE.format(name).removeprefix("Tensor." * name.endswith(")")))
            return self
        if self.ndim == 1:
            raise RuntimeError(
                f"tensor.{name} is only supported on matrices or batches of matrices. "
                "Got 1-D tensor."
            )
        return _C.tensor(_MT(self._h))

    @property
    def real(self) -> Tensor:
        """The real part: the tensor itself."""
        return self

    def numpy(self, *, force: bool = False) -> Any:
        """There is no NumPy here: raises RuntimeError and says what to do."""
        if self.requires_grad and not force:
            raise RuntimeError(
                "Can't call numpy() on Tensor that requires grad. "
                "Use tensor.detach().numpy() instead."
            )
        raise RuntimeError(
            "dxdx has no NumPy. Use .tolist() to get Python numbers, or stay with tensors."
        )

    def __array__(self, dtype: Any = None) -> Any:
        return self.numpy()

    # --- copies ----------------------------------------------------------------------------------

    @staticmethod
    def _make_subclass(cls: type[Any], data: Tensor, require_grad: bool = False) -> Any:
        """The same numbers as a leaf of class `cls`."""
        if require_grad and not data.is_floating_point():
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients"
            )
        made = _C.recast(data.detach(), cls)
        engine.set_requires_grad(made._h, bool(require_grad))
        return made

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        return _conversion.deep_copy(self, memo)

    def untyped_storage(self) -> Any:
        """The memory that the tensor looks at."""
        return _storage.storage_of(self)

    def is_set_to(self, tensor: Tensor) -> bool:
        """Does `tensor` look at the same memory in the same way?"""
        return (
            bool(engine.same_storage(self._h, tensor._h))
            and self.shape == tensor.shape
            and self.stride() == tensor.stride()
            and self.storage_offset() == tensor.storage_offset()
        )

    def is_nonzero(self) -> bool:
        """Is the only element anything but 0?"""
        return bool(self)

    def is_pinned(self, *args: Any) -> bool:
        """False: memory is not pinned in a browser."""
        return False

    def is_shared(self) -> bool:
        """False: there are no other processes here."""
        return False

    def new(self, *args: Any) -> Tensor:
        """A tensor of this dtype: of these sizes, or of this data."""
        if args and not all(type(arg) is int for arg in args):
            return _conversion.build(args[0], self.dtype)
        return self.new_empty(args or (0,))

    def apply_(self, callable: Callable[[Any], Any]) -> Tensor:
        """Replace every element by `callable(element)`. Slow: prefer operations on the whole."""
        if self.requires_grad:
            raise TypeError("Can't call apply_() on Variable that requires grad. Use var.detach().apply_()")
        flat = self.reshape(-1).tolist()
        return self.copy_(_conversion.build(list(map(callable, flat)), self.dtype).view(self.shape))

    def map_(self, tensor: Tensor, callable: Callable[[Any, Any], Any]) -> Tensor:
        """Replace every element by `callable(element, other)`. Slow: prefer whole operations."""
        if self.requires_grad or tensor.requires_grad:
            raise TypeError("Can't call map_() on Variable that requires grad. Use var.detach().map_()")
        pairs = zip(self.reshape(-1).tolist(), tensor.expand(self.shape).reshape(-1).tolist())
        made = _conversion.build([callable(a, b) for a, b in pairs], self.dtype)
        return self.copy_(made.view(self.shape))

    def __reduce_ex__(self, protocol: Any) -> Any:
        return _conversion.reduce(self)


def _has_handle(tensor: Tensor) -> bool:
    try:
        return tensor._h > 0
    except AttributeError:
        return False


def _leaf_message(requires_grad: bool) -> str:
    hint = (
        " If you want to use a computed variable in a subgraph that doesn't require "
        "differentiation use var_no_grad = var.detach()."
    )
    text = "you can only change requires_grad flags of leaf variables."
    return text if requires_grad else text + hint


_SIZE = [parse_signature("size(int? dim=None)")]
_STRIDE = [parse_signature("stride(int? dim=None)")]
_REQUIRES_GRAD = [parse_signature("requires_grad_(bool requires_grad=True)")]
_TO = [
    parse_signature(text)
    for text in (
        "to(Device device=None, ScalarType dtype=None, bool non_blocking=False, bool copy=False, "
        "*, MemoryFormat? memory_format=None)",
        "to(ScalarType dtype, bool non_blocking=False, bool copy=False, *, "
        "MemoryFormat? memory_format=None)",
        "to(Tensor tensor, bool non_blocking=False, bool copy=False, *, "
        "MemoryFormat? memory_format=None)",
    )
]
_TO_DTYPE = _operation.engine_function("_to")
_TO_COPY = _operation.engine_function("_to_copy")
_NUMPY_T = _operation.engine_function("_numpy_T")
_MT = _operation.engine_function("_mT")


def parse_to(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, bool]:
    """The dtype, if one is given, and whether to copy, of the arguments of `to`."""
    form, values = choose(_TO, args, kwargs)
    if form == 0:
        where, target, _, copy, _ = values
        check_device(where)
    elif form == 1:
        target, _, copy, _ = values
    else:
        other, _, copy, _ = values
        target = other.dtype
    return target, copy


def _read_only(name: str) -> None:
    getter = Tensor.__dict__[name].fget

    def refuse(self: Tensor, value: Any) -> None:
        raise AttributeError(f"attribute '{name}' of 'torch._C.TensorBase' objects is not writable")

    setattr(Tensor, name, property(getter, refuse, doc=getter.__doc__))


for _name in ("shape", "dtype", "device", "layout", "ndim", "grad_fn", "is_leaf", "output_nr"):
    _read_only(_name)

for _name, _method in _operation.public_methods():
    if _name not in Tensor.__dict__:
        setattr(Tensor, _name, _method)

_operators.install(Tensor)

for _name, _dtype in (
    ("float", by_code[6]),
    ("double", by_code[7]),
    ("long", by_code[4]),
    ("int", by_code[3]),
    ("short", by_code[2]),
    ("char", by_code[1]),
    ("byte", by_code[0]),
    ("bool", by_code[11]),
):

    def _convert(self: Tensor, *_: Any, _dtype: dtype = _dtype, **__: Any) -> Tensor:
        return self._to_dtype(_dtype)

    _convert.__name__ = _name
    _convert.__doc__ = f"The tensor in dtype {_dtype!r}."
    setattr(Tensor, _name, _convert)

_C.set_tensor_type(Tensor)
