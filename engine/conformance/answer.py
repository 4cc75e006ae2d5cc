"""Asks whatever `torch` is importable a question; the answer is plain data.

The recorder writes down what real PyTorch answers, the replayer compares it with what this
project's `torch` answers: both ask here, so that neither can ask anything else.
"""

from __future__ import annotations

import contextlib
import io
import math
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import torch
import torch.nn.functional as F
from inputs import tensor, weights
from vocabulary import Question

Answer = dict[str, Any]


def answer(question: Question) -> Answer:
    """What `torch` answers: a part for each thing that can be right or wrong on its own."""
    _fresh_world()
    return {"op": _op, "prints": _print, "program": _program}[question.kind](question)


def _fresh_world() -> None:
    torch.set_warn_always(True)  # else some warnings come only the first time in a process
    torch.manual_seed(0)
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    torch.set_printoptions(profile="default", sci_mode=None)


# --- what was said -------------------------------------------------------------------------------


def _steady(text: str) -> str:
    """The text without addresses, lines of C++ that warned, and frames that are ours."""
    text = re.sub(r" \(Triggered internally at [^)]*\)", "", text)
    text = re.sub(r'  File "(?!main\.py)[^"]*", line .*\n(?:    .*\n?)*', "", text)
    return re.sub(r"\b0x[0-9a-f]+", "0x", text)


def _raised(error: BaseException) -> list[str]:
    return [type(error).__qualname__, _steady(str(error))]


def _heard(act: Callable[[], Answer]) -> Answer:
    """What an action answers or raises, with the warnings it gave."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            found = act()
        except Exception as error:
            found = {"raises": _raised(error)}
    if caught:
        found["warns"] = [_steady(f"{each.category.__name__}: {each.message}") for each in caught]
    return found


# --- programs and texts --------------------------------------------------------------------------


def _program(question: Question) -> Answer:
    printed = io.StringIO()

    def run() -> Answer:
        with contextlib.redirect_stdout(printed):
            exec(compile(question.code, "main.py", "exec"), {"__name__": "__main__", "torch": torch})
        return {}

    heard = _heard(run)
    return {"program": heard | {"stdout": _steady(printed.getvalue())}}


def _print(question: Question) -> Answer:
    def run() -> Answer:
        names: dict[str, Any] = {"torch": torch}
        exec(question.setup, names)
        value = eval(question.code, names)
        return {"text": _steady(value if isinstance(value, str) else repr(value))}

    return {"prints": _heard(run)}


# --- operations ----------------------------------------------------------------------------------


def _op(question: Question) -> Answer:
    inputs = dict(_inputs(question))
    outputs: list[torch.Tensor] = []

    def forward() -> Answer:
        result = _call(question, inputs)
        outputs.extend(_tensors(result))
        return {"result": _described(result)}

    leaves = [each for each in inputs.values() if each.requires_grad]
    parts = {"forward": _heard(forward)}
    roots = [each for each in outputs if each.requires_grad]
    if "raises" in parts["forward"] or not leaves:
        return parts
    if roots:
        parts |= _derivatives(roots, leaves)
    parts["tangent"] = _heard(lambda: _tangents(question))
    return parts


def _inputs(question: Question) -> Iterator[tuple[str, torch.Tensor]]:
    for name, recipe in question.inputs:
        yield name, tensor(name, recipe)


def _call(question: Question, inputs: dict[str, torch.Tensor]) -> Any:
    torch.manual_seed(0)
    return eval(question.code, {"torch": torch, "F": F, **inputs})


def _derivatives(roots: list[torch.Tensor], leaves: list[torch.Tensor]) -> Answer:
    found: list[torch.Tensor] = []

    def gradient(of: list[torch.Tensor], describe: Callable[[torch.Tensor], Any], **kwargs: bool) -> Answer:
        sent = [weights(number, each) for number, each in enumerate(of)]
        found[:] = torch.autograd.grad(of, leaves, sent, allow_unused=True, **kwargs)
        return {"result": [each if each is None else describe(each) for each in found]}

    parts = {"gradient": _heard(lambda: gradient(roots, _strided, retain_graph=True))}
    parts["gradient's graph"] = _heard(lambda: gradient(roots, _grad_fn, create_graph=True))
    again = [each for each in found if each is not None and each.requires_grad]
    if again:
        parts["second derivative"] = _heard(lambda: gradient(again, _values))
    return parts


def _tangents(question: Question) -> Answer:
    from torch.autograd import forward_ad

    with forward_ad.dual_level():
        duals = {
            name: forward_ad.make_dual(each.detach(), weights(number, each)) if each.requires_grad else each
            for number, (name, each) in enumerate(_inputs(question))
        }
        tangents = [forward_ad.unpack_dual(each).tangent for each in _tensors(_call(question, duals))]
        return {"result": [each if each is None else _values(each) for each in tangents]}


# --- results as data -----------------------------------------------------------------------------


def _tensors(result: Any) -> list[torch.Tensor]:
    if isinstance(result, torch.Tensor):
        return [result]
    if isinstance(result, (list, tuple)):
        return [each for entry in result for each in _tensors(entry)]
    return []


def _described(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return _tensor(value)
    if isinstance(value, (list, tuple)) and not isinstance(value, torch.Size):
        return [type(value).__name__, *map(_described, value)]
    return {"number": _plain(value)} if type(value) is float else {"is": _steady(repr(value))}


def _tensor(value: torch.Tensor) -> Answer:
    flags = {
        "requires_grad": value.requires_grad,
        "is_leaf": value.is_leaf,
        "is_view": value._is_view(),
    }
    return _strided(value) | {
        "flags": [name for name, is_set in flags.items() if is_set],
        "grad_fn": _grad_fn(value),
    }


def _grad_fn(value: torch.Tensor) -> str | None:
    return None if value.grad_fn is None else type(value.grad_fn).__name__


def _strided(value: torch.Tensor) -> Answer:
    return _values(value) | {"strides": list(value.stride())}


def _values(value: torch.Tensor) -> Answer:
    return {
        "shape": list(value.shape),
        "dtype": str(value.dtype).removeprefix("torch."),
        "data": [_plain(number) for number in value.detach().clone().reshape(-1).tolist()],
    }


def _plain(value: Any) -> Any:
    """A number as JSON can hold it."""
    return value if not isinstance(value, float) or math.isfinite(value) else str(value)
