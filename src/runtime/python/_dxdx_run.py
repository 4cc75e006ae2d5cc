"""Runs a reader's program as the file it is, and tells how it ended.

The runtime calls `run` once in an interpreter of its own. A program run here looks as it would under the `python`
command: its module is `__main__`, its tracebacks and warnings show its own lines, and no frame of ours is ever seen,
neither from this file nor from the `torch` package.
"""

from __future__ import annotations

import __future__
import ast
import atexit
import json
import linecache
import os
import random
import sys
import traceback
import types
from importlib.machinery import SourceFileLoader
from typing import Any

import torch

_SITE_PACKAGES = os.path.dirname(__file__)
_HIDDEN = tuple(f"{_SITE_PACKAGES}/{ours}" for ours in ("torch/", "dxdx_grading/", "_dxdx_run.py", "_dxdx_seal.py"))
# A traceback that is longer is shown without its middle: formatting a million frames takes minutes.
_LONGEST_TRACEBACK = 20_000
# `from __future__ import annotations` is the only such import that still changes how code is compiled.
_FUTURE_FLAGS = __future__.annotations.compiler_flag


def run(source: str, filename: str, argv: str, folder: str, buffered: bool, show_value: bool) -> str:
    """Run `source` as the main program and return, as JSON, how it ended.

    filename    what tracebacks call the program
    argv        what becomes sys.argv, as JSON
    folder      where imports are looked for first
    buffered    whether output waits for a full buffer, as Python's does when it goes to no terminal
    show_value  whether the value of a last expression is told too, as a notebook does
    """
    main = _main_module(os.path.join(folder, filename))
    sys.argv = json.loads(argv)
    sys.path[:] = [folder, *(entry for entry in dict.fromkeys(sys.path) if entry)]
    sys.excepthook = sys.__excepthook__
    sys.stdout.reconfigure(line_buffering=not buffered)
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    # A restored memory would draw the same numbers in every run. Its hash seed it keeps: that one is the same within a run
    # is all that Python promises, and sets of strings keep their order from run to run.
    random.seed()
    torch._C.start()

    outcome: dict[str, Any] = {"exitCode": 0}
    values: list[str] = []
    if show_value:
        sys.displayhook = lambda value: None if value is None else values.append(repr(value))
    try:
        try:
            for code in _compiled(source, filename, show_value):
                exec(code, main.__dict__)
        finally:
            atexit._run_exitfuncs()
            sys.stdout.flush()
    except SystemExit as end:
        outcome["exitCode"] = _exit_code(end)
    except BaseException as error:
        outcome["exitCode"] = 130 if isinstance(error, KeyboardInterrupt) else 1
        outcome["error"] = described(error, filename)
    if values:
        outcome["value"] = values[-1]
    return json.dumps(outcome)


def _main_module(path: str) -> types.ModuleType:
    main = types.ModuleType("__main__")
    main.__file__ = path
    main.__loader__ = SourceFileLoader("__main__", path)
    main.__builtins__ = sys.modules["builtins"]
    sys.modules["__main__"] = main
    return main


def _compiled(source: str, filename: str, show_value: bool) -> list[types.CodeType]:
    """The program's code, its last expression apart when its value is to be shown."""
    try:
        if not show_value:
            return [compile(source, filename, "exec", dont_inherit=True)]
        tree = ast.parse(source, filename)
        last = [tree.body.pop()] if tree.body and isinstance(tree.body[-1], ast.Expr) else []
        code = compile(tree, filename, "exec", dont_inherit=True)
        flags = code.co_flags & _FUTURE_FLAGS
        return [code, compile(ast.Interactive(last), filename, "single", flags, dont_inherit=True)]
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        # The program has not begun, so there is no traceback to show.
        raise error.with_traceback(None) from None


def _exit_code(end: SystemExit) -> int:
    """The exit status, as the `python` command takes it from `sys.exit(…)`."""
    if end.code is None:
        return 0
    if isinstance(end.code, int):
        return end.code & 0xFF
    print(end.code, file=sys.stderr)
    return 1


def described(error: BaseException, filename: str) -> dict[str, Any]:
    """An exception as plain data: its class, its words, its traceback, and the line of `filename` that failed."""
    _shorten(error.__traceback__)
    told = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    return {
        "type": type(error).__qualname__,
        "message": error.msg if isinstance(error, SyntaxError) else str(told),
        "traceback": "".join(told.format()),
        "line": _line_of(error, filename),
    }


def _shorten(tb: types.TracebackType | None) -> None:
    entries = []
    while tb is not None:
        entries.append(tb)
        tb = tb.tb_next
    if len(entries) > _LONGEST_TRACEBACK:
        half = _LONGEST_TRACEBACK // 2
        entries[half - 1].tb_next = entries[-half]


def _line_of(error: BaseException, filename: str) -> int | None:
    """The line of the program in which it failed: the innermost one that is the program's own."""
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == filename]
    if lines:
        return lines[-1]
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno
    return None


def _is_visible(frame: types.FrameType) -> bool:
    filename = frame.f_code.co_filename
    return not filename.startswith(_HIDDEN) and "://" not in filename  # the latter are JavaScript's


def _hide_our_frames() -> None:
    """Leave our frames out of every traceback, also those that the program itself formats."""
    extract = traceback.StackSummary._extract_from_extended_frame_gen.__func__

    def extract_visible(cls, frames, **options):
        return extract(cls, (item for item in frames if _is_visible(item[0])), **options)

    traceback.StackSummary._extract_from_extended_frame_gen = classmethod(extract_visible)


_hide_our_frames()
