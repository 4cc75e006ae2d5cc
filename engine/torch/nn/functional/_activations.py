"""Activations: one number made of each number, or softmax along a dimension."""

from __future__ import annotations

from typing import Any

from ... import _C
from ..._dtype import dtype as DType
from ..._operation import function
from ..._signature import parsed
from ._primitive import checked, primitive, unary

_relu = function("relu")


def relu(input: Any, inplace: bool = False) -> Any:
    """max(0, x) for each element; the derivative at 0 is taken to be 0."""
    return function("relu_")(input) if inplace else _relu(input)


def relu_(input: Any) -> Any:
    """`relu`, in place."""
    return function("relu_")(input)


def leaky_relu(input: Any, negative_slope: float = 0.01, inplace: bool = False) -> Any:
    """x where it is positive, `negative_slope` times x elsewhere."""
    return _leaky_relu(input, negative_slope, inplace=inplace)


_leaky_relu = unary(
    "leaky_relu", "leaky_relu(Tensor input, float negative_slope=0.01)", "leaky_relu"
)
_elu, _celu = primitive("elu"), primitive("celu")


def elu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Any:
    """x where it is positive, alpha·(eˣ − 1) elsewhere."""
    result = _elu(checked("elu", input)._h, float(alpha), 1.0, 1.0)
    return input.copy_(result) if inplace else result


_SELU_ALPHA = 1.6732632423543772848170429916717
_SELU_SCALE = 1.0507009873554804934193349852946


def selu(input: Any, inplace: bool = False) -> Any:
    """`elu` with the two constants that keep activations normalised."""
    result = _elu(checked("selu", input)._h, _SELU_ALPHA, _SELU_SCALE, 1.0)
    return input.copy_(result) if inplace else result


def celu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Any:
    """max(0, x) + min(0, alpha·(e^(x/alpha) − 1))."""
    result = _celu(checked("celu", input)._h, float(alpha))
    return input.copy_(result) if inplace else result


silu = unary("silu", "silu(Tensor input)", "x times sigmoid(x).")
mish = unary("mish", "mish(Tensor input)", "x times tanh(softplus(x)).")
hardsigmoid = unary(
    "hardsigmoid", "hardsigmoid(Tensor input)", "A sigmoid of straight lines: 0 to 1 from -3 to 3."
)
hardswish = unary("hardswish", "hardswish(Tensor input)", "x times hardsigmoid(x).")
logsigmoid = unary("logsigmoid", "log_sigmoid(Tensor input)", "The logarithm of sigmoid(x).")
softplus = unary(
    "softplus",
    "softplus(Tensor input, float beta=1, float threshold=20)",
    "A smooth relu: log(1 + e^(beta·x)) / beta.",
)
_hardtanh = primitive("hardtanh")
_threshold = primitive("threshold")
_gelu = primitive("gelu")


def hardtanh(input: Any, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Any:
    """x cut off at `min_val` and `max_val`, where the derivative is 0."""
    if min_val > max_val:
        raise ValueError("min_val cannot be greater than max_val")
    result = _hardtanh(checked("hardtanh", input)._h, float(min_val), float(max_val))
    return input.copy_(result) if inplace else result


def relu6(input: Any, inplace: bool = False) -> Any:
    """x cut off at 0 and 6."""
    result = _hardtanh(checked("relu6", input)._h, 0.0, 6.0)
    return input.copy_(result) if inplace else result


def threshold(input: Any, threshold: float, value: float, inplace: bool = False) -> Any:
    """x where it is above `threshold`, `value` elsewhere."""
    result = _threshold(checked("threshold", input)._h, float(threshold), float(value))
    return input.copy_(result) if inplace else result


@parsed("gelu(Tensor input, *, str approximate='none')")
def gelu(input: Any, approximate: str) -> Any:
    """x times the probability that a normal number is below x."""
    return _gelu(input._h, approximate)


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


_glu = primitive("glu")
_prelu_kernel = primitive("prelu_kernel")


def glu(input: Any, dim: int = -1) -> Any:
    """One half of `input` along `dim` times the sigmoid of the other half."""
    if input.dim() == 0:
        raise RuntimeError("glu does not support scalars because halving size must be even")
    return _glu(input._h, dim)


def prelu(input: Any, weight: Any) -> Any:
    """x where it is positive, `weight` times x elsewhere; one weight, or one a channel."""
    if weight.numel() == 1:
        weight = weight.reshape(())
    elif input.dim() > 1:
        weight = weight.reshape([-1 if d == 1 else 1 for d in range(input.dim())])
    return _prelu_kernel(input._h, weight._h)


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
