"""`out=`: computing into a tensor that is there already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from typing import Any

from . import _C, _return_types
from ._dtype import bool_, c_names, can_cast, dtype, scalar_names, uint8
from ._handles import TensorBase
from ._overloads import OVERLOADS
from ._signature import Overload, choose, parse_signature

type Function = Callable[..., Any]


@lru_cache
def pytorch_overloads(name: str, method: bool = False) -> list[Overload]:
    """PyTorch's own overloads of an operation: more than the engine's, and with `out`."""
    start = f"{'m' if method else 'f'}|{name}("
    return [parse_signature(line[2:]) for line in OVERLOADS.splitlines() if line.startswith(start)]


def into(name: str, compute: Function, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    """Call `compute` without `out`, and put what it gives into `out`.

    Raises as PyTorch does where `out` doesn't fit: another kind of object, a dtype that can't hold
    the result, memory shared with an argument, or a history that writing would break.
    """
    overloads = pytorch_overloads(name)
    if overloads:
        choose(overloads, args, kwargs)  # for its error
    rest = {key: value for key, value in kwargs.items() if key != "out"}
    out = kwargs["out"]
    if out is None:
        return compute(*args, **rest)
    outs = [out] if isinstance(out, TensorBase) else list(out)
    inputs = _tensors([*args, *rest.values()])
    check_no_history(name, [*inputs, *outs])
    for target in outs:
        for source in inputs:
            _C.check(_C.engine.check_writable(target._h, source._h))
    if name in _TOTALS and rest.get("dtype") is None and len(outs) == 1:
        rest["dtype"] = outs[0].dtype
    floating = any(each.is_floating_point() for each in inputs)
    if name in ("nansum", "nanmean") and floating and not outs[0].is_floating_point():
        kind = scalar_names[outs[0].dtype]
        raise NotImplementedError(f"\"nansum_cpu\" not implemented for '{kind}'")
    result = compute(*args, **rest)
    if isinstance(out, TensorBase):
        whole = name == "mean" and result.dim() == 0 and len(args) == 1 and not {"dim"} & rest.keys()
        store(_WHOLE_MEAN if whole else name, out, result)
        return out
    if len(outs) != len(result):
        raise TypeError(f"expected tuple of {len(result)} elements but got {len(outs)}")
    for target, source in zip(outs, result):
        store(name + _SEVERAL, target, source)
    named = type(result)
    return named(outs) if named is tuple else _return_types.renamed(named, f"{name}_out")(outs)


def check_no_history(name: str, tensors: Sequence[Any]) -> None:
    """Refuse what would need a history that writing into `out` can't have."""
    if _C.engine.grad_enabled() and any(tensor.requires_grad for tensor in tensors):
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic "
            "differentiation, but one of the arguments requires grad."
        )


def with_out(call: Function) -> Function:
    """Let a function that gives a new tensor take `out` as well."""
    name = call.__name__

    @wraps(call)
    def taking_out(*args: Any, **kwargs: Any) -> Any:
        return into(name, call, args, kwargs) if "out" in kwargs else call(*args, **kwargs)

    return taking_out


def _tensors(values: Sequence[Any]) -> list[Any]:
    found = [value for value in values if isinstance(value, TensorBase)]
    for value in values:
        if isinstance(value, (tuple, list)):
            found += [entry for entry in value if isinstance(entry, TensorBase)]
    return found


def store(name: str, out: Any, result: Any) -> None:
    """Put `result` into `out`, which takes its shape and keeps its own dtype."""
    _check_dtype(name, out.dtype, result.dtype)
    if out.shape == result.shape:
        out.copy_(result)
        return
    if out.numel():
        _C.warn(
            "An output with one or more elements was resized since it had shape "
            f"{list(out.shape)}, which does not match the required output shape "
            f"{list(result.shape)}. This behavior is deprecated, and in a future PyTorch "
            "release outputs will not be resized unless they have zero elements. You can "
            "explicitly reuse an out tensor t by resizing it, inplace, to zero elements "
            "with t.resize_(0)."
        )
    _C.check(_C.engine.take_result(out._h, result._to_dtype(out.dtype, True)._h))


# --- which dtypes `out` may have -----------------------------------------------------------------


def _words(text: str) -> list[str]:
    return text.split()


# Sums and products are computed in the dtype of `out`.
_TOTALS = {"sum", "prod", "cumsum", "cumprod", "nansum"}

# Answers that may be written as any type of number.
_ANY = _TOTALS | set(
    _words(
        """eq ne lt le gt ge not_equal less less_equal greater greater_equal logical_and logical_or
        logical_xor logical_not zeros ones full eye arange range linspace logspace randperm rand
        randn empty"""
    )
)

# Those that PyTorch converts to every dtype that can hold the result: sums of floats into a double.
_CONVERTED = set(
    _words(
        """acos acosh add addcdiv addcmul addr angle arccos arccosh arcsin arcsinh arctan arctan2 arctanh
        asin asinh atan atan2 atanh bitwise_and bitwise_left_shift bitwise_or
        bitwise_right_shift bitwise_xor clamp_max clamp_min copysign cos cosh deg2rad diff digamma
        div divide erf erfc erfinv exp exp2 expm1 floor_divide fmax fmin fmod gcd hypot
        i0 igamma igammac kron lcm outer ger ldexp lerp lgamma log log10 log1p log2 logaddexp logaddexp2 logit max
        maximum mean min minimum mul multiply mvlgamma nanmean nextafter polygamma pow rad2deg
        reciprocal remainder rsqrt sigmoid sin sinc sinh sqrt square std sub subtract tan tanh
        true_divide var xlogy
        special_digamma special_entr special_erf special_erfc special_erfcx special_erfinv
        special_exp2 special_expit special_expm1 special_gammainc special_gammaincc special_gammaln
        special_i0 special_i0e special_i1 special_i1e special_log1p special_log_ndtr special_logit
        special_ndtr special_ndtri special_polygamma special_psi special_sinc special_xlog1py
        special_xlogy special_zeta"""
    )
)

# What PyTorch says where only the dtype of the result will do.
_SAME = {
    **dict.fromkeys(
        _words(
            """abs absolute ceil clamp clip conj_physical fix floor frac neg negative round sgn sign
            trunc"""
        ),
        "Found dtype {out} but expected {result}",
    ),
    **dict.fromkeys(
        _words("isposinf isneginf signbit"), "{name} does not support non-boolean outputs."
    ),
    **dict.fromkeys(
        _words("amax amin"),
        "Expected the dtype for input and out to match, but got {result} for input's dtype and "
        "{out} for out's dtype.",
    ),
    **dict.fromkeys(
        _words("quantile nanquantile"),
        "{name}() out tensor must be same dtype as the input tensor",
    ),
    "mv": "addmv input tensors must have the same dtype, but got {out}, {result}, and {result}",
    **dict.fromkeys(
        _words("inner tensordot"),
        "tensordot: Expected the output tensor to have dtype {result}, but got an output tensor "
        "with dtype {out}",
    ),
    "linalg_vecdot": "linalg.vecdot: Expected out of dtype{result} but found {out}",
    "linalg_multi_dot": "multi_dot(): expected out tensor to have dtype {c_result} but got {c_out}",
    "heaviside": "heaviside is not yet implemented for tensors with different dtypes.",
    **dict.fromkeys(
        _words("cummax cummin logcumsumexp"), "expected scalar_type {result} but found {out}"
    ),
    **dict.fromkeys(_words("dot vdot"), "result dtype {out} does not match input dtype {result}"),
    **dict.fromkeys(
        _words("median nanmedian"),
        "Expected tensor for 'values' to have the same type as tensor for argument #2 'self'; but "
        "type {t_out} does not equal torch.{result}Tensor (while checking arguments for median)",
    ),
    "bitwise_not": "Found dtype {out} but expected {result}",
    "float_power": "the output given to float_power has dtype {out} but the operation's result "
    "requires dtype {result}",
    "frexp": "torch.frexp() expects mantissa to have dtype {c_result} but got {c_out}",
    "histc": "torch.histogram: input tensor and hist tensor should have the same dtype, but got "
    "input {c_result} and hist {c_out}",
    "kthvalue": "output values must be of same type as input",
    "mode": "expected scalar type '{result}' but got '{out}' for values output",
    "nan_to_num": "nan_to_num: dtype of out: {out} should be same as input: {result}",
    **dict.fromkeys(
        _words("index_select masked_select"),
        "{name}(): self and result must have the same scalar type",
    ),
    "nonzero": "nonzero: Expected out tensor to have scalar type {result} but got scalar type{out}",
    **dict.fromkeys(
        _words("bucketize searchsorted"),
        "torch.searchsorted(): output tensor's dtype is wrong, it can only be Int(int32) or "
        "Long(int64) depending on whether out_int32 flag is True, but we got output tensor's dtype "
        "{out} and out_int32 flag is False",
    ),
    "take": "take(): self and out expected to have the same dtype, but got self.dtype = {result} "
    "and out.dtype = {out}",
    "where": "Expected out type to be {result} but got {out}",
}
# Of several results none is converted.
# The mean of all elements has a form of its own.
_WHOLE_MEAN = "mean of all"
_SEVERAL = " (several)"
_SAME_OR_ELSE = "Expected out tensor to have dtype {c_result}, but got {c_out} instead"
_UNCASTABLE = "result type {result} can't be cast to the desired output type {out}"
_UNCASTABLE_DIAGONAL = "diag: result type {result} can't be cast to the desired out= type {out}"
_JOINS = set(
    _words("cat concat concatenate stack hstack vstack row_stack dstack column_stack")
)
_UNCASTABLE_JOIN = "torch.cat(): input types can't be cast to the desired output type {out}"


def _refusal(name: str, out: dtype, result: dtype) -> str | None:
    """The text of the error where `out` can't take the result."""
    if name.endswith(_SEVERAL):
        return None if out is result else _SAME.get(name.removesuffix(_SEVERAL), _SAME_OR_ELSE)
    if out is result or name in _ANY:
        return None
    if name in ("any", "all"):
        only = "{name} only supports bool tensor for result, got: {out}"
        return None if {out, result} == {bool_, uint8} else only
    if name == "logsumexp":
        only = "logsumexp(): Expected floating point type for result tensor, but got: {out}"
        return None if out.is_floating_point else only
    if name in _JOINS:
        return None if can_cast(result, out) else _UNCASTABLE_JOIN
    if name == "diag":
        return _SAME_OR_ELSE if can_cast(result, out) else _UNCASTABLE_DIAGONAL
    if name in _CONVERTED or name == _WHOLE_MEAN:
        if can_cast(result, out):
            return None
        if name == _WHOLE_MEAN:
            return "mean.dtype_out(): input types can't be cast to the desired output type {out}"
        # A mean is a sum in the dtype of `out`, divided, which gives the default dtype.
        return _UNCASTABLE.replace("{result}", "Float") if name == "mean" else _UNCASTABLE
    return _SAME.get(name, _SAME_OR_ELSE)


def _check_dtype(name: str, out: dtype, result: dtype) -> None:
    refusal = _refusal(name, out, result)
    if refusal is not None:
        raise (TypeError if refusal is _UNCASTABLE_JOIN else RuntimeError)(
            refusal.format(
                name=name,
                out=scalar_names[out],
                result=scalar_names[result],
                c_out=c_names[out],
                c_result=c_names[result],
                t_out="CPUBoolType" if out is bool_ else f"torch.{scalar_names[out]}Tensor",
            )
        )
