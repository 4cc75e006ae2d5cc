"""Tries the checks of an exercise on programs, and tells what each of them did."""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
import types
import warnings
from collections.abc import Callable
from typing import Any

import torch
from _dxdx_run import described

from ._checks import Check, load_checks
from ._describe import Plain, describe
from ._patches import Patches
from ._program import FILENAME, MissingName, Output, Program, printed

# Taken before any program runs, which may replace them.
_dumps = json.JSONEncoder().encode
_manual_seed = torch.manual_seed
_set_grad_enabled = torch.set_grad_enabled
_set_default_dtype = torch.set_default_dtype
_float32 = torch.float32
_recursion_limit = sys.getrecursionlimit()
_set_recursion_limit = sys.setrecursionlimit
_set_trace = sys.settrace
_set_profile = sys.setprofile


def grade(request: str) -> str:
    """Try every check on every program: `{check, programs, only, seed}` in, `{checks, programs}` out, both as JSON.

    See `src/grading/records.ts` for what stands in them.
    """
    given: dict[str, Any] = json.loads(request)
    start = getattr(torch._C, "start", None)  # the real PyTorch has none
    if start:
        start()
    os._exit = sys.exit  # which can be caught
    checks = load_checks(given.pop("check"))
    del request  # a program may look into our frames, but it doesn't find the text of the checks there
    only: int | None = given.get("only")
    seed: str = given.get("seed", "")
    records = {name: _watch(source, checks, only, seed) for name, source in given["programs"].items()}
    return _dumps({"checks": [_told(check) for check in checks], "programs": records})


def _told(check: Check) -> Plain:
    return {
        "sentence": check.sentence,
        "jacobian": check.jacobian,
        "mayChangeInputs": check.may_change_inputs,
    }


def _watch(source: str, checks: list[Check], only: int | None, seed: str) -> list[list[Plain]]:
    return [
        [_attempt(source, check, f"{seed}{check.sentence} {turn}") for turn in range(check.rounds)]
        if only in (None, at)
        else []
        for at, check in enumerate(checks)
    ]


def _attempt(source: str, check: Check, seed: str) -> Plain:
    """One try of one check, on a program that starts anew."""
    _forget_settings()
    program = Program(source)
    record: Plain = {}
    patches = Patches()
    with (
        warnings.catch_warnings(record=True) as caught,
        contextlib.redirect_stdout(program._output),
        contextlib.redirect_stderr(Output()),
    ):
        warnings.simplefilter("always")
        _, error = _guarded(program._start, patches)
        if error is not None:
            record["startError"] = _error(error)
        _forget_settings()
        started, spoken = len(caught), len(printed(program))
        # A program may break down after its functions are there, in a line that tries them: what these do tells more.
        value, error = _guarded(lambda: check.try_on(program, seed), patches)
        if error is None:
            record["value"], error = _guarded(lambda: describe(value), patches)
        if isinstance(error, MissingName):
            record["missing"] = str(error)
            record["defined"] = program._functions()
        elif error is not None:
            record["error"] = _error(error)
    told = caught[started:] if program._calls else caught
    return {
        **{key: value for key, value in record.items() if value is not None},
        "calls": program._calls,
        "changes": program._changes,
        "printed": printed(program),
        "saidMeanwhile": printed(program)[spoken:],
        "warnings": list(dict.fromkeys(_warning(entry) for entry in told)),
        "patched": patches.replaced,
    }


def _guarded(action: Callable[[], Any], patches: Patches) -> tuple[Any, BaseException | None]:
    """What a program gives or raises, also what is made to slip through `except Exception`; it leaves no change behind."""
    result, raised = None, None
    try:
        result = action()
    except BaseException as error:
        raised = error
    _set_recursion_limit(_recursion_limit)  # before anything is called that is Python's
    _set_trace(None)
    _set_profile(None)
    patches.undo()
    return result, raised


def _forget_settings() -> None:
    """Undo what a program may have set for everybody: neither the checks nor the next program should depend on it."""
    random.seed(0)
    _manual_seed(0)
    _set_grad_enabled(True)
    _set_default_dtype(_float32)


def _warning(caught: warnings.WarningMessage) -> str:
    try:
        return f"{caught.category.__name__}: {caught.message}"
    except BaseException:  # a class of the program's own
        return caught.category.__name__


def _error(error: BaseException) -> Plain:
    """An exception, with the frames of the program alone: neither ours nor those of the check."""
    frames: types.TracebackType | None = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename != FILENAME:
        frames = frames.tb_next
    own = BaseException.with_traceback(error, frames)
    try:
        return described(own, FILENAME)
    except BaseException:  # an exception class of the program's own may fail at everything
        return {"type": type(error).__qualname__, "message": "", "traceback": "", "line": None}
