"""Activations: one number made of each number, or softmax along a dimension."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ... import _C
from ..._dtype import dtype as DType
from ..._operation import function
from ._primitive import parsing

relu_ = function("relu_")
celu_, selu_, rrelu_, threshold_ = map(function, ("celu_", "selu_", "rrelu_", "threshold_"))
elu_, leaky_relu_, hardtanh_ = map(parsing, ("elu_", "leaky_relu_", "hardtanh_"))
hardshrink, prelu = function("hardshrink"), function("prelu")
gelu, softplus, softshrink = map(parsing, ("gelu", "softplus", "softshrink"))
logsigmoid = parsing("log_sigmoid")


def _either(plain: Callable[..., Any], changing: Callable[..., Any]) -> Callable[..., Any]:
    return lambda inplace, *args: (changing if inplace else plain)(*args)


_relu = _either(function("relu"), relu_)
_celu, _selu = _either(function("celu"), celu_), _either(function("selu"), selu_)
_rrelu, _threshold = _either(function("rrelu"), rrelu_), _either(function("threshold"), threshold_)
_elu, _hardtanh = _either(parsing("elu"), elu_), _either(parsing("hardtanh"), hardtanh_)
_leaky_relu = _either(parsing("leaky_relu"), leaky_relu_)
_silu, _mish = (_either(parsing(name), parsing(name + "_")) for name in ("silu", "mish"))
_hardsigmoid = _either(parsing("hardsigmoid"), parsing("hardsigmoid_"))
_hardswish = _either(parsing("hardswish"), parsing("hardswish_"))
_glu = parsing("glu")


def relu(input: Any, inplace: bool = False) -> Any:
    """max(0, x) for each element; the derivative at 0 is taken to be 0."""
    return _relu(inplace, input)


def leaky_relu(input: Any, negative_slope: float = 0.01, inplace: bool = False) -> Any:
    """x where it is positive, `negative_slope` times x elsewhere."""
    return _leaky_relu(inplace, input, negative_slope)


def elu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Any:
    """x where it is positive, alpha·(eˣ − 1) elsewhere."""
    return _elu(inplace, input, alpha)


def selu(input: Any, inplace: bool = False) -> Any:
    """`elu` with the two constants that keep activations normalised."""
    return _selu(inplace, input)


def celu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Any:
    """max(0, x) + min(0, alpha·(e^(x/alpha) − 1))."""
    return _celu(inplace, input, alpha)


def rrelu(
    input: Any,
    lower: float = 1.0 / 8,
    upper: float = 1.0 / 3,
    training: bool = False,
    inplace: bool = False,
) -> Any:
    """A leaky relu whose slope is drawn for each element, from `lower` to `upper`."""
    return _rrelu(inplace, input, lower, upper, training)


def silu(input: Any, inplace: bool = False) -> Any:
    """x times sigmoid(x)."""
    return _silu(inplace, input)


def mish(input: Any, inplace: bool = False) -> Any:
    """x times tanh(softplus(x))."""
    return _mish(inplace, input)


def hardsigmoid(input: Any, inplace: bool = False) -> Any:
    """A sigmoid of straight lines: 0 to 1 from -3 to 3."""
    return _hardsigmoid(inplace, input)


def hardswish(input: Any, inplace: bool = False) -> Any:
    """x times hardsigmoid(x)."""
    return _hardswish(inplace, input)


def hardtanh(input: Any, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Any:
    """x cut off at `min_val` and `max_val`, where the derivative is 0."""
    if min_val > max_val:
        raise ValueError("min_val cannot be greater than max_val")
    return _hardtanh(inplace, input, min_val, max_val)


def relu6(input: Any, inplace: bool = False) -> Any:
    """x cut off at 0 and 6."""
    return _hardtanh(inplace, input, 0, 6)


def threshold(input: Any, threshold: float, value: float, inplace: bool = False) -> Any:
    """x where it is above `threshold`, `value` elsewhere."""
    return _threshold(inplace, input, threshold, value)


def sigmoid(input: Any) -> Any:
    """1 / (1 + e⁻ˣ)."""
    return input.sigmoid()


def tanh(input: Any) -> Any:
    """The hyperbolic tangent."""
    return input.tanh()


def tanhshrink(input: Any) -> Any:
    """x − tanh(x)."""
    return input - input.tanh()


def softsign(input: Any) -> Any:
    """x / (1 + |x|)."""
    return input / (input.abs() + 1)


def glu(input: Any, dim: int = -1) -> Any:
    """One half of `input` along `dim` times the sigmoid of the other half."""
    if input.dim() == 0:
        raise RuntimeError("glu does not support scalars because halving size must be even")
    return _glu(input, dim)


def _softmax_dim(name: str, ndim: int) -> int:
    _C.warn(
        f"Implicit dimension choice for {name} has been deprecated. Change the call to include "
        "dim=X as an argument."
    )
    return 0 if ndim in (0, 1, 3) else 1


def softmax(
    input: Any, dim: int | None = None, _stacklevel: int = 3, dtype: DType | None = None
) -> Any:
    """Exponentials along `dim`, scaled so that they sum to 1."""
    dim = _softmax_dim("softmax", input.dim()) if dim is None else dim
    return input.softmax(dim, dtype=dtype)


def log_softmax(
    input: Any, dim: int | None = None, _stacklevel: int = 3, dtype: DType | None = None
) -> Any:
    """The logarithm of `softmax`."""
    dim = _softmax_dim("log_softmax", input.dim()) if dim is None else dim
    return input.log_softmax(dim, dtype=dtype)


def softmin(
    input: Any, dim: int | None = None, _stacklevel: int = 3, dtype: DType | None = None
) -> Any:
    """`softmax` of −x."""
    dim = _softmax_dim("softmin", input.dim()) if dim is None else dim
    return (-input).softmax(dim, dtype=dtype)
