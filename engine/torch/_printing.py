"""How tensors are printed. The numbers are laid out by the engine (engine/printing.ts)."""

from __future__ import annotations

from math import inf
from textwrap import indent
from typing import Any

from . import _C
from ._dtype import bool_, default_dtype, int64

engine = _C.engine


class _Options:
    """What `torch.set_printoptions` sets."""

    precision: int = 4
    threshold: float = 1000
    edgeitems: int = 3
    linewidth: int = 80
    sci_mode: bool | None = None


options = _Options()

_PROFILES = {
    "default": (4, 1000, 3, 80),
    "short": (2, 1000, 2, 80),
    "full": (4, inf, 3, 80),
}


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: str | None = None,
    sci_mode: bool | None = None,
) -> None:
    """Choose how tensors print.

    `precision` is the number of digits after the point, `threshold` the number of elements from
    which a tensor is summarised to `edgeitems` at each end, `linewidth` the characters of a line.
    `profile` is "default", "short" or "full". `sci_mode` forces scientific notation or forbids it.
    """
    if profile in _PROFILES:
        chosen = _PROFILES[profile]
        options.precision, options.threshold, options.edgeitems, options.linewidth = chosen
    if precision is not None:
        options.precision = precision
    if threshold is not None:
        options.threshold = threshold
    if edgeitems is not None:
        options.edgeitems = edgeitems
    if linewidth is not None:
        options.linewidth = linewidth
    options.sci_mode = sci_mode


def get_printoptions() -> dict[str, Any]:
    """The present print options."""
    names = ("precision", "threshold", "edgeitems", "linewidth", "sci_mode")
    return {name: getattr(options, name) for name in names}


class printoptions:
    """`with torch._tensor_str.printoptions(precision=2):` for a while."""

    def __init__(self, **wanted: Any) -> None:
        self._wanted = wanted

    def __enter__(self) -> None:
        self._before = get_printoptions()
        set_printoptions(**self._wanted)

    def __exit__(self, *exception: object) -> None:
        set_printoptions(**self._before)


def show(tensor: Any, *, contents: str | None = None) -> str:
    """The tensor as `print` shows it."""
    wrapper = engine.wrapper_kind(tensor._h)
    if wrapper:
        return _show_wrapper(tensor, wrapper)
    name = type(tensor).__name__
    prefix = "tensor(" if name in ("Tensor", "Parameter") else f"{name}("
    margin = len(prefix)
    kind = tensor.dtype
    suffixes = []
    if tensor.numel() == 0:
        if tensor.ndim != 1:
            suffixes.append(f"size={tuple(tensor.shape)}")
        if kind is not default_dtype():
            suffixes.append(f"dtype={kind}")
        body = "[]"
    else:
        if not options.edgeitems:
            suffixes.append(f"size={tuple(tensor.shape)}")
        if kind not in (default_dtype(), int64, bool_):
            suffixes.append(f"dtype={kind}")
        body = _body(tensor, margin)
    made_by = _maker(tensor)
    if made_by is not None:
        suffixes.append(f"grad_fn=<{made_by}>")
    elif tensor.requires_grad:
        suffixes.append("requires_grad=True")
    tangent = engine.tangent(tensor._h) if engine.forward_enabled() else 0
    if tangent:
        suffixes.append(f"tangent={_C.tensor(tangent)}")
    return _with_suffixes(prefix + (contents if contents is not None else body), suffixes, margin)


def _body(tensor: Any, indent: int) -> str:
    return engine.repr_body(
        tensor._h,
        options.precision,
        options.threshold,
        options.edgeitems,
        options.linewidth,
        options.sci_mode,
        indent,
    )


def _show_wrapper(tensor: Any, kind: str) -> str:
    """A tensor inside a function transform: what it stands for one level further out."""
    number = engine.wrapper_level(tensor._h)
    name = "GradTrackingTensor"
    if kind == "vmap":
        name, number = "BatchedTensor", f"{number}, bdim={engine.wrapper_dim(tensor._h)}"
    value = repr(_C.tensor(engine.wrapper_value(tensor._h)))
    return f"{name}(lvl={number}, value=\n{indent(value, ' ' * 4)}\n)"


def _maker(tensor: Any) -> str | None:
    try:
        node = tensor.grad_fn
    except RuntimeError:
        return "Invalid"  # a view whose history can't be told any more
    return None if node is None else type(node).__name__


def _with_suffixes(text: str, suffixes: list[str], indent: int) -> str:
    parts = [text]
    length = len(text) - text.rfind("\n") + 1
    for suffix in suffixes:
        if length + len(suffix) + 2 > options.linewidth:
            parts.append(",\n" + " " * indent + suffix)
            length = indent + len(suffix)
        else:
            parts.append(", " + suffix)
            length += len(suffix) + 2
    return "".join(parts) + ")"
