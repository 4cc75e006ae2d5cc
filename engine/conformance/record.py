"""Asks real PyTorch 2.13 every recorded question again and writes down what it answers.

Run it with a Python that has PyTorch (see README.md). New cases are questions without an answer: they
are added to the data files by hand, or by whoever writes a generator of them.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import warnings
from pathlib import Path
from typing import Any

import replay
import torch

DATA = Path(__file__).parent / "data"


def _plain(value: Any) -> Any:
    """A number as JSON can hold it."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return {"$f": str(value)}
    return value


def _recorded(tensor: torch.Tensor) -> dict[str, Any]:
    return {
        "shape": list(tensor.shape),
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "data": [_plain(value) for value in tensor.detach().clone().reshape(-1).tolist()],
    }


def answer_op(case: dict[str, Any]) -> None:
    """Runs the call of a case and fills in `out` and `grads`."""
    tensors = [replay._tensor(recorded) for recorded in case["tensors"]]
    args = [replay._argument(value, tensors) for value in case["args"]]
    kwargs = {name: replay._argument(value, tensors) for name, value in case["kwargs"].items()}
    outputs = replay._flat(replay._call(case["call"], args, kwargs))
    case["out"] = [
        _recorded(output)
        | {
            "rg": output.requires_grad,
            "grad_fn": None if output.grad_fn is None else type(output.grad_fn).__name__,
        }
        for output in outputs
    ]
    case["grads"] = _gradients(tensors, outputs)


def _gradients(tensors: list[torch.Tensor], outputs: list[torch.Tensor]) -> list[Any]:
    weighted = [(out, replay._weights(nr, out)) for nr, out in enumerate(outputs) if out.requires_grad]
    inputs = [tensor for tensor in tensors if tensor.requires_grad]
    if not weighted or not inputs:
        return [None for _ in tensors]
    roots, weights = zip(*weighted)
    found = list(torch.autograd.grad(roots, inputs, weights, allow_unused=True))
    answers: list[Any] = []
    for tensor in tensors:
        gradient = found.pop(0) if tensor.requires_grad else None
        answers.append(None if gradient is None else _recorded(gradient))
    return answers


def answer_print(case: dict[str, Any]) -> None:
    """Evaluates the expression of a case and fills in `text`."""
    names: dict[str, Any] = {"torch": torch}
    exec(case["setup"], names)
    value = eval(case["expr"], names)
    case["text"] = replay._without_address(value if isinstance(value, str) else repr(value))


def answer_message(case: dict[str, Any]) -> None:
    """Runs the snippet of a case and fills in `kind`, `type` and `text`."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(case["snippet"], {"torch": torch})
        except BaseException as error:
            case |= {"kind": "error", "type": type(error).__name__, "text": str(error)}
            return
    if caught:
        last = caught[-1]
        case |= {"kind": "warning", "type": last.category.__name__, "text": str(last.message)}
    else:
        case |= {"kind": "none", "type": None, "text": None}


def answer_program(case: dict[str, Any]) -> None:
    """Runs a program and fills in `stdout` and `error`."""
    printed, case["error"] = io.StringIO(), None
    with warnings.catch_warnings(), contextlib.redirect_stdout(printed):
        warnings.simplefilter("ignore")
        try:
            exec(compile(case["code"], "main.py", "exec"), {"__name__": "__main__"})
        except Exception as raised:
            case["error"] = f"{type(raised).__name__}: {raised}"
    case["stdout"] = replay._without_address(printed.getvalue())


def record(path: Path, answer: Any, compact: bool) -> None:
    """Answers all cases of a file and writes it back."""
    raw = path.read_bytes()
    content = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    for case in content["cases"]:
        replay._fresh_world()
        answer(case)
    content["torch"] = torch.__version__
    if compact:
        path.write_bytes(gzip.compress(json.dumps(content, separators=(",", ":")).encode(), 9, mtime=0))
    else:
        path.write_text(json.dumps(content, indent=0, ensure_ascii=False))
    print(f"{path.name}: {len(content['cases'])} cases")


if __name__ == "__main__":
    if not torch.__version__.startswith("2.13."):
        raise SystemExit(f"these are recordings of PyTorch 2.13, and this is {torch.__version__}")
    # Else PyTorch gives some warnings only the first time in a process.
    torch.set_warn_always(True)
    record(DATA / "ops.json.gz", answer_op, compact=True)
    record(DATA / "prints.json", answer_print, compact=False)
    record(DATA / "messages.json", answer_message, compact=False)
    record(DATA / "programs.json", answer_program, compact=False)
