"""`torch.dtype`, `torch.device` and the other small constants that describe a tensor."""

from __future__ import annotations

import math
from typing import Any

from ._names import OUT_OF_SCOPE_DTYPES


class dtype:
    """The type of a tensor's elements, such as `torch.float32`.

    There is one object for each type; they are compared by identity.
    """

    __slots__ = ("_name", "_code", "itemsize", "is_floating_point", "is_complex", "is_signed")
    __module__ = "torch"

    def __init__(self, name: str, code: int, itemsize: int, floating: bool, signed: bool) -> None:
        self._name = name
        self._code = code
        self.itemsize = itemsize
        self.is_floating_point = floating
        self.is_complex = False
        self.is_signed = signed

    def __repr__(self) -> str:
        return f"torch.{self._name}"

    def __reduce__(self) -> str:
        return self._name

    def __deepcopy__(self, memo: dict[int, Any]) -> dtype:
        return self

    def to_real(self) -> dtype:
        """The real type with as many bits a component: for real types the type itself."""
        return self


def _refuse_arithmetic() -> None:
    # Python would name the class without its module.
    symbols = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%"}
    symbols |= {"matmul": "@", "pow": "** or pow()", "and": "&", "or": "|", "xor": "^"}
    for name, symbol in symbols.items():

        def refuse(self: dtype, other: Any, symbol: str = symbol) -> Any:
            raise TypeError(
                f"unsupported operand type(s) for {symbol}: "
                f"'{type(other).__name__}' and 'torch.dtype'"
            )

        setattr(dtype, f"__r{name}__", refuse)
    for name, symbol in {"gt": "<", "lt": ">", "ge": "<=", "le": ">="}.items():

        def refuse_order(self: dtype, other: Any, symbol: str = symbol) -> Any:
            raise TypeError(
                f"'{symbol}' not supported between instances of "
                f"'{type(other).__name__}' and 'torch.dtype'"
            )

        setattr(dtype, f"__{name}__", refuse_order)


_refuse_arithmetic()

uint8 = dtype("uint8", 0, 1, False, False)
int8 = dtype("int8", 1, 1, False, True)
int16 = dtype("int16", 2, 2, False, True)
int32 = dtype("int32", 3, 4, False, True)
int64 = dtype("int64", 4, 8, False, True)
float32 = dtype("float32", 6, 4, True, True)
float64 = dtype("float64", 7, 8, True, True)
bool_ = dtype("bool", 11, 1, False, False)

by_code = {d._code: d for d in (uint8, int8, int16, int32, int64, float32, float64, bool_)}


def promote(a: dtype, b: dtype) -> dtype:
    """The dtype of an operation on tensors of these two."""
    if a is b:
        return a
    if a.is_floating_point or b.is_floating_point:
        return max(a, b, key=lambda d: (d.is_floating_point, d.itemsize))
    if a is bool_ or b is bool_:
        return b if a is bool_ else a
    if uint8 in (a, b):
        other = b if a is uint8 else a
        return int16 if other is int8 else other
    return max(a, b, key=lambda d: d.itemsize)


def can_cast(from_: dtype, to: dtype) -> bool:
    """May a result of dtype `from_` be written into a tensor of dtype `to`?"""
    if from_.is_floating_point and not to.is_floating_point:
        return False
    return from_ is bool_ or to is not bool_


# Python's own number types stand for dtypes where one is asked for.
of_python_type: dict[type, dtype] = {float: float64, int: int64, bool: bool_}

# The names of tensors in messages: `torch.FloatTensor`.
tensor_type_names = {
    uint8: "torch.ByteTensor",
    int8: "torch.CharTensor",
    int16: "torch.ShortTensor",
    int32: "torch.IntTensor",
    int64: "torch.LongTensor",
    float32: "torch.FloatTensor",
    float64: "torch.DoubleTensor",
    bool_: "torch.BoolTensor",
}


# The types in other messages: by PyTorch's names and by those of C++.
scalar_names = {d: name.removeprefix("torch.").removesuffix("Tensor") for d, name in tensor_type_names.items()}
c_names = {
    uint8: "unsigned char",
    int8: "signed char",
    int16: "short int",
    int32: "int",
    int64: "long int",
    float32: "float",
    float64: "double",
    bool_: "bool",
}


class absent_dtype(dtype):
    """A dtype that PyTorch has and dxdx has not: it can be named, but no tensor can have it."""

    __slots__ = ()

    def __init__(self, name: str) -> None:
        super().__init__(name, -2, 0, True, True)


absent_dtypes = {name: absent_dtype(name) for name in OUT_OF_SCOPE_DTYPES}


def _instead_of(value: dtype) -> str:
    if value._name.startswith("complex"):
        return "keep real and imaginary parts in two tensors"
    whole = value._name.startswith("uint")
    return f"use {'torch.int32 or torch.int64' if whole else 'torch.float32 or torch.float64'} instead"


def code_of(value: dtype | type | None) -> int:
    """The engine's number for a dtype; -1 for None."""
    if value is None:
        return -1
    if type(value) is absent_dtype:
        raise NotImplementedError(f"dxdx has no {value!r} tensors: {_instead_of(value)}.")
    return value._code if isinstance(value, dtype) else of_python_type[value]._code


class layout:
    """How the elements of a tensor lie in memory. Here always `torch.strided`."""

    __slots__ = ("_name",)
    __module__ = "torch"

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return f"torch.{self._name}"


class memory_format:
    """An order of the dimensions in memory, as `clone` and `contiguous` take it."""

    __slots__ = ("_name",)
    __module__ = "torch"

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return f"torch.{self._name}"


strided = layout("strided")
contiguous_format = memory_format("contiguous_format")
preserve_format = memory_format("preserve_format")
channels_last = memory_format("channels_last")

_DEVICE_TYPES = (
    "cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, "
    "vulkan, mps, meta, hpu, mtia, privateuseone"
)


class device:
    """Where a tensor lives. dxdx computes on the CPU of this very browser: `torch.device("cpu")`.

    Other devices can be named, but tensors can't be made on them.
    """

    __slots__ = ("type", "index")
    __module__ = "torch"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from ._signature import choose, parse_signature

        forms = [
            parse_signature("device(Device device)"),
            parse_signature("device(str type, int index=-1)"),
        ]
        _, (kind, *index) = choose(forms, args, kwargs)
        self.type, self.index = _parse_device(kind)
        if index and index[0] != -1:
            if self.index is not None:
                raise RuntimeError(
                    "type (string) must not include an index because index was passed explicitly: "
                    + kind
                )
            self.index = index[0]

    def __repr__(self) -> str:
        where = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{where})"

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, device)
        return same and (self.type, self.index) == (other.type, other.index)

    def __hash__(self) -> int:
        return hash((self.type, self.index))

    def __enter__(self) -> device:
        """A context in which tensors are made there. Every device but the CPU is refused."""
        check_device(self)
        return self

    def __exit__(self, *error: Any) -> None:
        """Tensors are made on the CPU again, as before."""

    def __reduce__(self) -> tuple[type[device], tuple[Any, ...]]:
        return device, (self.type,) if self.index is None else (self.type, self.index)


def _parse_device(value: str | int | device) -> tuple[str, int | None]:
    """The type and index of a device given as text, as a number, or as one."""
    if isinstance(value, device):
        return value.type, value.index
    if isinstance(value, int):
        raise RuntimeError("Cannot access accelerator device when none is available.")
    name, colon, number = value.partition(":")
    if name not in _DEVICE_TYPES.split(", "):
        raise RuntimeError(
            f"Expected one of {_DEVICE_TYPES} device type at start of device string: {name}"
        )
    if colon and not number.isdigit():
        raise RuntimeError(f"Invalid device string: '{value}'")
    return name, int(number) if colon else None


def _device(text: str) -> device:
    """A device without the argument parser, which builds on this module."""
    made = object.__new__(device)
    made.type, made.index = _parse_device(text)
    return made


cpu = _device("cpu")


def check_device(value: device | str | int | None) -> None:
    """Refuse every device but the CPU, with PyTorch's words where it has them."""
    if value is None or value == "cpu":
        return
    kind = _parse_device(value)[0]
    if kind == "cuda":
        raise AssertionError("Torch not compiled with CUDA enabled")
    if kind != "cpu":
        raise NotImplementedError(
            f"dxdx computes in your browser, on the CPU alone: there is no device '{kind}'. "
            "Leave the device out, or use device='cpu'."
        )


def _dtype_argument(
    name: str, args: tuple[Any, ...], kwargs: dict[str, Any], default: dtype | None
) -> dtype:
    from ._signature import choose, parse_signature

    if default is not None and not args and not kwargs:
        return default
    return choose([parse_signature(f"{name}(ScalarType type)")], args, kwargs)[1][0]


class finfo:
    """The limits of a floating point dtype: `eps`, `max`, `min`, `tiny` and so on."""

    __module__ = "torch"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        chosen = _dtype_argument("finfo", args, kwargs, default_dtype())
        if not chosen.is_floating_point:
            raise TypeError(
                "torch.finfo() requires a floating point input type. "
                "Use torch.iinfo to handle 'torch.finfo'"
            )
        double = chosen is float64
        self.dtype = chosen._name
        self.bits = chosen.itemsize * 8
        self.eps = 2.0**-52 if double else 2.0**-23
        self.max = math.ldexp(2 - self.eps, 1023 if double else 127)
        self.min = -self.max
        self.tiny = self.smallest_normal = 2.0**-1022 if double else 2.0**-126
        self.resolution = 1e-15 if double else 1e-6

    def __repr__(self) -> str:
        def number(value: float) -> str:
            return f"{value:.6g}"

        return (
            f"finfo(resolution={number(self.resolution)}, min={number(self.min)}, "
            f"max={number(self.max)}, eps={number(self.eps)}, "
            f"smallest_normal={number(self.smallest_normal)}, tiny={number(self.tiny)}, "
            f"dtype={self.dtype})"
        )


class iinfo:
    """The limits of an integer dtype: `bits`, `max` and `min`."""

    __module__ = "torch"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        type = _dtype_argument("iinfo", args, kwargs, None)
        if type.is_floating_point:
            raise TypeError(
                "torch.iinfo() requires an integer input type. "
                "Use torch.finfo to handle 'torch.iinfo'"
            )
        self.dtype = type._name
        self.bits = type.itemsize * 8
        self.max = 2 ** (self.bits - type.is_signed) - 1
        self.min = -(2 ** (self.bits - 1)) if type.is_signed else 0

    def __repr__(self) -> str:
        return f"iinfo(min={self.min:.6g}, max={self.max:.6g}, dtype={self.dtype})"


_default = [float32]


def default_dtype() -> dtype:
    """The dtype of tensors made from Python floats."""
    return _default[0]


def remember_default_dtype(value: dtype) -> None:
    """Note the new default; the engine is told by `torch.set_default_dtype`."""
    _default[0] = value
