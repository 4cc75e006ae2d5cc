"""Replays recorded cases on whatever `torch` is importable and says where it differs.

Runs on this project's `torch` in the tests, and on real PyTorch (`python replay.py data/…`) to prove
that the recordings, and the comparison itself, are right. A case without a difference gives None.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import re
import warnings
from typing import Any

import torch

# What single precision can tell apart after a few operations; the recordings are in double precision.
RELATIVE, ABSOLUTE = 1e-5, 1e-7


def replay(kind: str, cases: list[dict[str, Any]]) -> dict[str, str | None]:
    """The difference of each case, by its name."""
    one = {"ops": _op, "prints": _print, "messages": _message, "programs": _program}[kind]
    answers: dict[str, str | None] = {}
    for case in cases:
        _fresh_world()
        try:
            answers[case["name"]] = one(case)
        except Exception as error:  # whatever a case raises is its difference
            answers[case["name"]] = f"{type(error).__name__}: {error}"[:300]
    return answers


def _fresh_world() -> None:
    torch.manual_seed(0)
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    torch.set_printoptions(profile="default", sci_mode=None)


def _number(value: Any) -> Any:
    return float(value["$f"]) if isinstance(value, dict) else value


def _tensor(recorded: dict[str, Any]) -> torch.Tensor:
    values = [_number(value) for value in recorded["data"]]
    made = torch.tensor(values, dtype=getattr(torch, recorded["dtype"])).reshape(recorded["shape"])
    return made.requires_grad_() if recorded["rg"] else made


def _argument(value: Any, tensors: list[torch.Tensor]) -> Any:
    if isinstance(value, list):
        return [_argument(entry, tensors) for entry in value]
    if not isinstance(value, dict):
        return value
    (tag, content), *_ = value.items()
    if tag == "$t":
        return tensors[content]
    if tag == "$tuple":
        return tuple(_argument(content, tensors))
    if tag == "$slice":
        return slice(*_argument(content, tensors))
    if tag == "$dtype":
        return getattr(torch, content)
    if tag == "$ellipsis":
        return ...
    return float(content)


def _flat(result: Any) -> list[torch.Tensor]:
    if isinstance(result, torch.Tensor):
        return [result]
    if isinstance(result, (list, tuple)):
        return [tensor for entry in result for tensor in _flat(entry)]
    return []


def _agree(value: Any, expected: Any) -> bool:
    if isinstance(value, bool) or isinstance(expected, bool):
        return value is expected
    if math.isnan(expected):
        return math.isnan(value)
    return value == expected or abs(value - expected) <= ABSOLUTE + RELATIVE * abs(expected)


def _compare(what: str, tensor: torch.Tensor, recorded: dict[str, Any]) -> str | None:
    if list(tensor.shape) != recorded["shape"]:
        return f"{what} has shape {list(tensor.shape)}, not {recorded['shape']}"
    if str(tensor.dtype) != f"torch.{recorded['dtype']}":
        return f"{what} is {tensor.dtype}, not {recorded['dtype']}"
    for value, expected in zip(tensor.detach().clone().reshape(-1).tolist(), recorded["data"]):
        if not _agree(value, _number(expected)):
            return f"{what} has {value}, not {_number(expected)}"
    return None


def _op(case: dict[str, Any]) -> str | None:
    tensors = [_tensor(recorded) for recorded in case["tensors"]]
    args = [_argument(value, tensors) for value in case["args"]]
    kwargs = {name: _argument(value, tensors) for name, value in case["kwargs"].items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outputs = _flat(_call(case["call"], args, kwargs))
    if len(outputs) != len(case["out"]):
        return f"{len(outputs)} results, not {len(case['out'])}"
    for output, recorded in zip(outputs, case["out"]):
        difference = _compare("the result", output, recorded) or _compare_history(output, recorded)
        if difference:
            return difference
    return _compare_gradients(case, tensors, outputs)


def _call(call: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    kind, name = call.split(":")
    if kind == "attr":
        return getattr(args[0], name)
    if kind == "method":
        return getattr(args[0], name)(*args[1:], **kwargs)
    function: Any = torch
    for part in name.split("."):
        function = getattr(function, part)
    return function(*args, **kwargs)


def _compare_history(output: torch.Tensor, recorded: dict[str, Any]) -> str | None:
    if output.requires_grad != recorded["rg"]:
        return f"requires_grad is {output.requires_grad}"
    name = None if output.grad_fn is None else type(output.grad_fn).__name__
    if name != recorded["grad_fn"]:
        return f"grad_fn is {name}, not {recorded['grad_fn']}"
    return None


def _weights(nr: int, output: torch.Tensor) -> torch.Tensor:
    """The gradient that is sent into the `nr`-th result."""
    values = [math.cos(1 + nr + 0.7 * place) for place in range(output.numel())]
    return torch.tensor(values, dtype=output.dtype).reshape(output.shape)


def _compare_gradients(
    case: dict[str, Any], tensors: list[torch.Tensor], outputs: list[torch.Tensor]
) -> str | None:
    weighted = [(out, _weights(nr, out)) for nr, out in enumerate(outputs) if out.requires_grad]
    inputs = [tensor for tensor in tensors if tensor.requires_grad]
    if not weighted or not inputs:
        return None
    roots, weights = zip(*weighted)
    found = list(torch.autograd.grad(roots, inputs, weights, allow_unused=True))
    for nr, (tensor, recorded) in enumerate(zip(tensors, case["grads"])):
        gradient = found.pop(0) if tensor.requires_grad else None
        if (gradient is None) != (recorded is None):
            return f"the gradient of tensor {nr} is {'' if gradient is None else 'not '}None"
        difference = gradient is not None and _compare(f"the gradient of tensor {nr}", gradient, recorded)
        if difference:
            return difference
    return None


def _without_address(text: str) -> str:
    return re.sub(r" at 0x[0-9a-f]+", " at 0x", text)


def _without_build_path(text: str) -> str:
    """PyTorch ends some warnings with the line of C++ that made them; what stays is the warning."""
    return re.sub(r" \(Triggered internally at [^)]*\)", "", text)


def _print(case: dict[str, Any]) -> str | None:
    names: dict[str, Any] = {"torch": torch}
    exec(case["setup"], names)
    value = eval(case["expr"], names)
    text = _without_address(value if isinstance(value, str) else repr(value))
    expected = _without_address(case["text"])
    return None if text == expected else f"prints {text!r}, not {expected!r}"[:300]


def _message(case: dict[str, Any]) -> str | None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(case["snippet"], {"torch": torch})
        except BaseException as error:
            said = [("error", type(error).__name__, str(error))]
        else:
            said = [("warning", each.category.__name__, str(each.message)) for each in caught]
    if case["kind"] == "none":
        return None if not said else f"says {said[0]}"
    expected = _without_build_path(case["text"])
    for kind, name, text in said:
        text = _without_build_path(text)
        same_text = text == expected or (case["match"] == "prefix" and text.startswith(expected))
        if kind == case["kind"] and name == case["type"].split(".")[-1] and same_text:
            return None
    return f"says {said[:1] or 'nothing'}, not {case['type']}: {case['text']}"[:400]


def _program(case: dict[str, Any]) -> str | None:
    printed, error = io.StringIO(), None
    with warnings.catch_warnings(), contextlib.redirect_stdout(printed):
        warnings.simplefilter("ignore")
        try:
            exec(compile(case["code"], "main.py", "exec"), {"__name__": "__main__"})
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
    stdout = _without_address(printed.getvalue())
    if stdout != _without_address(case["stdout"]):
        return f"prints {stdout!r}, not {case['stdout']!r}"
    return None if error == case["error"] else f"raises {error}, not {case['error']}"


def named(kind: str, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cases, each with a name that stays the same as long as the recording does."""
    seen: dict[str, int] = {}
    for case in cases:
        stem = {"ops": case.get("call", "").split(":")[-1], "programs": "program"}.get(kind) or case["key"]
        seen[stem] = seen.get(stem, 0) + 1
        case["name"] = f"{stem} #{seen[stem]}" if kind in ("ops", "programs") else stem
    return cases


def replay_file(kind: str, text: str) -> str:
    """Replays a recorded file; answers with the differences, as JSON."""
    return json.dumps(replay(kind, named(kind, json.loads(text)["cases"])))


if __name__ == "__main__":
    import gzip
    from pathlib import Path

    for data in sorted((Path(__file__).parent / "data").glob("*.json*")):
        kind = data.name.split(".")[0]
        if kind in ("ops", "prints", "messages", "programs"):
            raw = data.read_bytes()
            answers = json.loads(replay_file(kind, (gzip.decompress(raw) if data.suffix == ".gz" else raw).decode()))
            differing = {name: text for name, text in answers.items() if text}
            print(f"{kind}: {len(answers) - len(differing)} of {len(answers)} agree")
            for name, text in list(differing.items())[:20]:
                print(f"  {name}: {text}")
