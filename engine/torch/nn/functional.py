"""`torch.nn.functional`: activations, losses and layers as plain functions."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from .. import _C, _names
from .._composed import functions as composed
from .._dtype import dtype as DType
from .._functions import broadcast_shapes, broadcast_tensors
from .._operation import engine_function, function, functions_of
from .._signature import parsed
from ._reduction import legacy, number

for _name, _function in functions_of("nn.functional"):
    if not _name.startswith("_"):
        globals()[_name] = _function

_relu = function("relu")
_where = function("where")


def _primitive(name: str) -> Callable[..., Any]:
    """The engine's operation `nn.functional._name`, called with slots."""
    run = engine_function("nn.functional._" + name)
    return lambda *slots: _C.tensor(run(*slots))


def _unary(name: str, signature: str, doc: str) -> Callable[..., Any]:
    """An activation: `name(input, …, inplace=False)`."""
    primitive = _primitive(name)
    parse = parsed(signature)(lambda input, *values: primitive(input._h, *values))

    def activation(input: Any, *args: Any, inplace: bool = False, **kwargs: Any) -> Any:
        if args and isinstance(args[-1], bool):
            *args, inplace = args  # type: ignore[assignment]
        result = parse(input, *args, **kwargs)
        return input.copy_(result) if inplace else result

    activation.__name__ = activation.__qualname__ = name
    activation.__doc__ = doc
    return activation


# --- activations ---------------------------------------------------------------------------------


def relu(input: Any, inplace: bool = False) -> Any:
    """max(0, x) for each element; the derivative at 0 is taken to be 0."""
    return function("relu_")(input) if inplace else _relu(input)


def relu_(input: Any) -> Any:
    """`relu`, in place."""
    return function("relu_")(input)


def leaky_relu(input: Any, negative_slope: float = 0.01, inplace: bool = False) -> Any:
    """x where it is positive, `negative_slope` times x elsewhere."""
    return _leaky_relu(input, negative_slope, inplace=inplace)


_leaky_relu = _unary(
    "leaky_relu", "leaky_relu(Tensor input, float negative_slope=0.01)", "leaky_relu"
)
_elu, _celu = _primitive("elu"), _primitive("celu")


def elu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Any:
    """x where it is positive, alpha·(eˣ − 1) elsewhere."""
    result = _elu(_checked("elu", input)._h, float(alpha), 1.0, 1.0)
    return input.copy_(result) if inplace else result


_SELU_ALPHA = 1.6732632423543772848170429916717
_SELU_SCALE = 1.0507009873554804934193349852946


def selu(input: Any, inplace: bool = False) -> Any:
    """`elu` with the two constants that keep activations normalised."""
    result = _elu(_checked("selu", input)._h, _SELU_ALPHA, _SELU_SCALE, 1.0)
    return input.copy_(result) if inplace else result


def celu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Any:
    """max(0, x) + min(0, alpha·(e^(x/alpha) − 1))."""
    result = _celu(_checked("celu", input)._h, float(alpha))
    return input.copy_(result) if inplace else result


def _checked(name: str, input: Any) -> Any:
    return _check_parsers.setdefault(name, parsed(f"{name}(Tensor input)")(lambda tensor: tensor))(
        input
    )


_check_parsers: dict[str, Callable[..., Any]] = {}

silu = _unary("silu", "silu(Tensor input)", "x times sigmoid(x).")
mish = _unary("mish", "mish(Tensor input)", "x times tanh(softplus(x)).")
hardsigmoid = _unary(
    "hardsigmoid", "hardsigmoid(Tensor input)", "A sigmoid of straight lines: 0 to 1 from -3 to 3."
)
hardswish = _unary("hardswish", "hardswish(Tensor input)", "x times hardsigmoid(x).")
logsigmoid = _unary("logsigmoid", "log_sigmoid(Tensor input)", "The logarithm of sigmoid(x).")
softplus = _unary(
    "softplus",
    "softplus(Tensor input, float beta=1, float threshold=20)",
    "A smooth relu: log(1 + e^(beta·x)) / beta.",
)
_hardtanh = _primitive("hardtanh")
_threshold = _primitive("threshold")
_gelu = _primitive("gelu")


def hardtanh(input: Any, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Any:
    """x cut off at `min_val` and `max_val`, where the derivative is 0."""
    if min_val > max_val:
        raise ValueError("min_val cannot be greater than max_val")
    result = _hardtanh(_checked("hardtanh", input)._h, float(min_val), float(max_val))
    return input.copy_(result) if inplace else result


def relu6(input: Any, inplace: bool = False) -> Any:
    """x cut off at 0 and 6."""
    result = _hardtanh(_checked("relu6", input)._h, 0.0, 6.0)
    return input.copy_(result) if inplace else result


def threshold(input: Any, threshold: float, value: float, inplace: bool = False) -> Any:
    """x where it is above `threshold`, `value` elsewhere."""
    result = _threshold(_checked("threshold", input)._h, float(threshold), float(value))
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


_glu = _primitive("glu")
_prelu_kernel = _primitive("prelu_kernel")


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


# --- losses --------------------------------------------------------------------------------------

_mse_loss = _primitive("mse_loss")
_l1_loss = _primitive("l1_loss")
_smooth_l1_loss = _primitive("smooth_l1_loss")
_huber_loss = _primitive("huber_loss")
_soft_margin_loss = _primitive("soft_margin_loss")
_bce = _primitive("binary_cross_entropy")
_bce_with_logits = _primitive("binary_cross_entropy_with_logits")
_nll = _primitive("nll_loss")


def _warn_of_sizes(input: Any, target: Any) -> None:
    if target.size() != input.size():
        _C.warn(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}). This will likely lead to incorrect results due to broadcasting. "
            "Please ensure they have the same size."
        )


def _reduced(loss: Any, reduction: str, weights: Any = None) -> Any:
    match reduction:
        case "none":
            return loss
        case "sum":
            return loss.sum()
        case "mean":
            return loss.mean() if weights is None else loss.sum() / weights.sum()
    raise ValueError(f"Invalid reduction mode: {reduction}. Expected one of 'none', 'mean', 'sum'.")


def _check_weight(weight: Any, input: Any) -> None:
    if weight.size() != input.size():
        raise ValueError("Weights and input must have the same size.")


def mse_loss(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Any = None,
) -> Any:
    """The mean of the squared differences. Warns if the sizes differ."""
    _warn_of_sizes(input, target)
    reduction = legacy(size_average, reduce, reduction)
    input_, target_ = broadcast_tensors(input, target)
    if weight is not None:
        _check_weight(weight, input)
        return _reduced((input_ - target_).pow(2) * weight, reduction, weight)
    return _mse_loss(input_._h, target_._h, number(reduction), 0.0)


def l1_loss(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Any = None,
) -> Any:
    """The mean of the absolute differences. Warns if the sizes differ."""
    _warn_of_sizes(input, target)
    reduction = legacy(size_average, reduce, reduction)
    input_, target_ = broadcast_tensors(input, target)
    if weight is not None:
        _check_weight(weight, input)
        return _reduced((input_ - target_).abs() * weight, reduction, weight)
    return _l1_loss(input_._h, target_._h, number(reduction))


def smooth_l1_loss(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Any:
    """Squared where the difference is below `beta`, linear beyond."""
    _warn_of_sizes(input, target)
    reduction = legacy(size_average, reduce, reduction)
    input_, target_ = broadcast_tensors(input, target)
    if beta == 0.0:
        return _l1_loss(input_._h, target_._h, number(reduction))
    if beta < 0:
        raise RuntimeError("smooth_l1_loss does not support negative values for beta.")
    return _smooth_l1_loss(input_._h, target_._h, number(reduction), float(beta))


def huber_loss(
    input: Any, target: Any, reduction: str = "mean", delta: float = 1.0, weight: Any = None
) -> Any:
    """Squared where the difference is below `delta`, linear with slope `delta` beyond."""
    _warn_of_sizes(input, target)
    input_, target_ = broadcast_tensors(input, target)
    if weight is not None:
        _check_weight(weight, input)
        return _reduced(_huber_loss(input_._h, target_._h, 0, float(delta)) * weight, reduction)
    if delta <= 0:
        raise RuntimeError("huber_loss does not support non-positive values for delta.")
    return _huber_loss(input_._h, target_._h, number(reduction), float(delta))


def soft_margin_loss(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """log(1 + e^(−target·input)), for targets of 1 and −1."""
    reduction = legacy(size_average, reduce, reduction)
    return _soft_margin_loss(input._h, target._h, number(reduction), 0.0)


def binary_cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """The loss of probabilities `input` where `target` says what happened."""
    reduction = legacy(size_average, reduce, reduction)
    if target.size() != input.size():
        raise ValueError(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}) is deprecated. Please ensure they have the same size."
        )
    if weight is not None:
        weight = weight.expand(broadcast_shapes(target.size(), weight.size()))
    return _bce(input._h, target._h, 0 if weight is None else weight._h, number(reduction))


def binary_cross_entropy_with_logits(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Any = None,
) -> Any:
    """`binary_cross_entropy` of `sigmoid(input)`, computed without overflow."""
    reduction = legacy(size_average, reduce, reduction)
    if target.size() != input.size():
        raise ValueError(
            f"Target size ({target.size()}) must be the same as input size ({input.size()})"
        )
    return _bce_with_logits(
        input._h,
        target._h,
        0 if weight is None else weight._h,
        0 if pos_weight is None else pos_weight._h,
        number(reduction),
    )


@parsed(
    "nll_loss_nd(Tensor input, Tensor target, Tensor? weight=None, int reduction=1, "
    "int ignore_index=-100)"
)
def _nll_loss(input: Any, target: Any, weight: Any, reduction: int, ignore_index: int) -> Any:
    handle = 0 if weight is None else weight._h
    return _nll(input._h, target._h, handle, reduction, ignore_index)


def nll_loss(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """Minus the log-probability `input` of the class that `target` names."""
    reduction = legacy(size_average, reduce, reduction)
    return _nll_loss(input, target, weight, number(reduction), ignore_index)


@parsed(
    "cross_entropy_loss(Tensor input, Tensor target, Tensor? weight=None, int reduction=1, "
    "int ignore_index=-100, float label_smoothing=0.0)"
)
def _cross_entropy(
    input: Any, target: Any, weight: Any, reduction: int, ignore_index: int, smoothing: float
) -> Any:
    at = 0 if input.dim() == 1 else 1
    logs = input.log_softmax(at)
    if target.is_floating_point():
        return _soft_cross_entropy(logs, target, weight, reduction, smoothing, at)
    if smoothing == 0:
        return _nll_loss(logs, target, weight, reduction, ignore_index)
    hard = _nll_loss(logs, target, weight, reduction, ignore_index)
    spread = -(logs if weight is None else logs * _along(weight, at, logs.dim())).sum(at)
    kept = target != ignore_index
    spread = spread.masked_fill(~kept, 0.0)
    if reduction == 1:
        total = kept.sum() if weight is None else weight[target.clamp(min=0)][kept].sum()
        spread = spread.sum() / total
    elif reduction == 2:
        spread = spread.sum()
    return (1 - smoothing) * hard + spread * (smoothing / input.shape[at])


def _soft_cross_entropy(
    logs: Any, target: Any, weight: Any, reduction: int, smoothing: float, at: int
) -> Any:
    classes = logs.shape[at]
    if smoothing > 0:
        target = target * (1 - smoothing) + smoothing / classes
    if weight is not None:
        target = target * _along(weight, at, logs.dim())
    products = logs * target
    if reduction == 0:
        return -products.sum(at)
    total = -products.sum()
    return total if reduction == 2 else _div_number(total, logs.numel() / classes)


_div_scalar = engine_function("_div_scalar")


def _div_number(input: Any, number: float) -> Any:
    """`input / number`, recorded as PyTorch's own code records it."""
    return _C.tensor(_div_scalar(input._h, float(number), 3))


def _along(vector: Any, at: int, ndim: int) -> Any:
    return vector.reshape([-1 if d == at else 1 for d in range(ndim)])


def cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Any:
    """The loss of logits `input`, for target classes or target probabilities."""
    reduction = legacy(size_average, reduce, reduction)
    return _cross_entropy(input, target, weight, number(reduction), ignore_index, label_smoothing)


_KL_MEAN = (
    "reduction: 'mean' divides the total loss by both the batch size and the support size."
    "'batchmean' divides only by the batch size, and aligns with the KL div math definition."
    "'mean' will be changed to behave the same as 'batchmean' in the next major release."
)


def kl_div(
    input: Any,
    target: Any,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Any:
    """The divergence of probabilities `target` from log-probabilities `input`."""
    if size_average is not None or reduce is not None:
        reduction = legacy(size_average, reduce, reduction)
    elif reduction == "mean":
        _C.warn(_KL_MEAN)
    if log_target:
        loss = target.exp() * (target - input)
    else:
        loss = function("xlogy")(target, target) - target * input
    if reduction == "batchmean":
        loss = loss.sum()
        return loss / input.shape[0] if input.dim() else loss
    number(reduction)
    return _reduced(loss, reduction)


def _reduce_by(loss: Any, size_average: Any, reduce: Any, reduction: str) -> Any:
    reduction = legacy(size_average, reduce, reduction)
    number(reduction)
    return _reduced(loss, reduction)


def margin_ranking_loss(
    input1: Any,
    input2: Any,
    target: Any,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """max(0, −target·(input1 − input2) + margin)."""
    if input1.dim() != input2.dim() or input1.dim() != target.dim():
        raise RuntimeError(
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: "
            f"input1: {input1.size()}, input2: {input2.size()}, target: {target.size()} "
        )
    loss = (-target * (input1 - input2) + margin).clamp_min(0)
    return _reduce_by(loss, size_average, reduce, reduction)


def hinge_embedding_loss(
    input: Any,
    target: Any,
    margin: float = 1.0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """`input` where the target is 1, max(0, margin − input) where it is −1."""
    zeros = input.detach() * 0
    apart = _where(target != 1, (margin - input).clamp_min(0), zeros)
    together = _where(target != -1, input, zeros)
    return _reduce_by(apart + together, size_average, reduce, reduction)


def cosine_embedding_loss(
    input1: Any,
    input2: Any,
    target: Any,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """1 − cos where the target is 1, max(0, cos − margin) where it is −1."""
    cos = cosine_similarity(input1, input2, dim=input1.dim() - 1)
    zeros = cos.detach() * 0
    loss = _where(target == 1, 1 - cos, zeros) + _where(
        target == -1, (cos - margin).clamp_min(0), zeros
    )
    return _reduce_by(loss, size_average, reduce, reduction)


def triplet_margin_loss(
    anchor: Any,
    positive: Any,
    negative: Any,
    margin: float = 1.0,
    p: float = 2,
    eps: float = 1e-6,
    swap: bool = False,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Any:
    """max(0, d(anchor, positive) − d(anchor, negative) + margin)."""
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    near = pairwise_distance(anchor, positive, p, eps)
    far = pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = function("minimum")(far, pairwise_distance(positive, negative, p, eps))
    return _reduce_by((margin + near - far).clamp_min(0), size_average, reduce, reduction)


def gaussian_nll_loss(
    input: Any,
    target: Any,
    var: Any,
    full: bool = False,
    eps: float = 1e-6,
    reduction: str = "mean",
) -> Any:
    """The loss of `target` under normal distributions of mean `input` and variance `var`."""
    if isinstance(var, float):
        if var < 0:
            raise ValueError("var has negative entry/entries")
        var = var * (input.detach() * 0 + 1)
    elif (var < 0).any():
        raise ValueError("var has negative entry/entries")
    if var.size() != input.size() and input.size()[:-1] == var.size():
        var = var.unsqueeze(-1)
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(reduction + " is not valid")
    from .._grad_mode import no_grad

    var = var.clone()
    with no_grad():
        var.clamp_(min=eps)
    loss = 0.5 * (var.log() + (input - target) ** 2 / var)
    if full:
        loss = loss + 0.5 * math.log(2 * math.pi)
    return _reduced(loss, reduction)


# --- distances -----------------------------------------------------------------------------------


_norm = _primitive("norm")


def pairwise_distance(
    x1: Any, x2: Any, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False
) -> Any:
    """The p-norm of x1 − x2 along the last dimension."""
    return _norm((x1 - x2 + eps)._h, float(p), 1, max(x1.dim(), x2.dim()) - 1, keepdim)


def cosine_similarity(x1: Any, x2: Any, dim: int = 1, eps: float = 1e-8) -> Any:
    """The cosine of the angle between vectors along `dim`."""
    norm = composed["norm"]
    x1, x2 = broadcast_tensors(x1, x2)
    length1 = norm(x1, 2, dim, True).clamp_min(eps)
    length2 = norm(x2, 2, dim, True).clamp_min(eps)
    return ((x1 / length1) * (x2 / length2)).sum(dim)


def normalize(input: Any, p: float = 2.0, dim: int = 1, eps: float = 1e-12, out: Any = None) -> Any:
    """Vectors along `dim` divided by their length."""
    length = input.norm(p, dim, keepdim=True).clamp_min(eps).expand_as(input)
    result = input / length
    if out is None:
        return result
    out._take_result(result)
    return out


# --- layers --------------------------------------------------------------------------------------


_flash_attention = _primitive("flash_attention")


def scaled_dot_product_attention(
    query: Any,
    key: Any,
    value: Any,
    attn_mask: Any = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Any:
    """softmax(query·keyᵀ · scale + mask) · value: each query's mixture of the values."""
    scale = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    if query.dim() == 4 and dropout_p == 0.0 and attn_mask is None:
        return _flash_attention(query._h, key._h, value._h, is_causal, scale)
    # Both sides are scaled by the root, as in PyTorch, which keeps the products small.
    scores = (query * math.sqrt(scale)) @ (key.transpose(-2, -1) * math.sqrt(scale))
    if is_causal:
        attn_mask = (scores.detach() * 0 + 1).tril().bool()
    if attn_mask is not None and attn_mask.is_floating_point():
        scores = scores + attn_mask
    elif attn_mask is not None:
        scores = scores.masked_fill(attn_mask.logical_not(), -math.inf)
    weights = scores.softmax(-1)
    if dropout_p > 0.0:
        weights = dropout(weights, dropout_p)
    return weights @ value


def _max_pool(name: str, dimensions: int) -> Callable[..., Any]:
    run = function("nn.functional._" + name)
    sizes = f"int[{dimensions}]"

    @parsed(
        f"{name}(Tensor input, {sizes} kernel_size, {sizes}? stride=None, {sizes} padding=0, "
        f"{sizes} dilation=1, bool ceil_mode=False, bool return_indices=False)"
    )
    def pool(
        input: Any,
        kernel_size: Any,
        stride: Any,
        padding: Any,
        dilation: Any,
        ceil_mode: bool,
        return_indices: bool,
    ) -> Any:
        """The largest element under each place of a kernel; with `return_indices`, and where."""
        values, indices = run(input, kernel_size, stride or None, padding, dilation, ceil_mode)
        return (values, indices) if return_indices else values

    pool.__name__ = pool.__qualname__ = name
    return pool


max_pool1d, max_pool2d = _max_pool("max_pool1d", 1), _max_pool("max_pool2d", 2)


def dropout(input: Any, p: float = 0.5, training: bool = True, inplace: bool = False) -> Any:
    """Sets elements to 0 with probability `p`, and scales the others by 1 / (1 − p)."""
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if not training or p == 0:
        return input
    noise = input.detach().clone()
    noise = noise.zero_() if p == 1 else noise.bernoulli_(1 - p).div_(1 - p)
    return input.mul_(noise) if inplace else input * noise


def one_hot(tensor: Any, num_classes: int = -1) -> Any:
    """A vector for each class number, with 1 at its place and 0 elsewhere."""
    from .._dtype import int64
    from .._factories import arange

    if tensor.dtype is not int64:
        raise RuntimeError("one_hot is only applicable to index tensor of type LongTensor.")
    if tensor.numel() and tensor.min().item() < 0:
        raise RuntimeError("Class values must be non-negative.")
    if num_classes == -1:
        if not tensor.numel():
            raise RuntimeError("Can not infer total number of classes from empty tensor.")
        num_classes = tensor.max().item() + 1
    elif tensor.numel() and tensor.max().item() >= num_classes:
        raise RuntimeError("Class values must be smaller than num_classes.")
    return (tensor.unsqueeze(-1) == arange(num_classes)).long()


_embedding = _primitive("embedding")


def embedding(
    input: Any,
    weight: Any,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Any:
    """The rows of `weight` that `input` names."""
    if padding_idx is not None and not -weight.shape[0] <= padding_idx < weight.shape[0]:
        raise AssertionError("Padding_idx must be within num_embeddings")
    padding = -1 if padding_idx is None else padding_idx % weight.shape[0]
    return _embedding(weight._h, input._h, padding)


def rms_norm(
    input: Any, normalized_shape: Any, weight: Any = None, eps: float | None = None
) -> Any:
    """The last dimensions divided by the root of their mean square."""
    from .._dtype import finfo

    dims = list(range(-len(list(normalized_shape)), 0))
    eps = finfo(input.dtype).eps if eps is None else eps
    result = input * (input.pow(2).mean(dims, keepdim=True) + eps).rsqrt()
    return result if weight is None else result * weight


__getattr__ = _names.module_getattr("torch.nn.functional", _names.FUNCTIONAL)
