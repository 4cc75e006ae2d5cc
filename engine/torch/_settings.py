"""Switches of PyTorch that change nothing here: one thread computes, and always in the same way."""

from __future__ import annotations

from typing import Any


class _State:
    threads = 1
    deterministic = False
    warn_only = False
    precision = "highest"


def get_num_threads() -> int:
    """1, or what was asked for: there is one thread all the same."""
    return _State.threads


def set_num_threads(int: int) -> None:
    """Notes the number; one thread computes here."""
    if type(int).__name__ != "int":
        raise TypeError(f"set_num_threads expects an int, but got {type(int).__name__}")
    if int <= 0:
        raise RuntimeError("set_num_threads expects a positive integer")
    _State.threads = int


get_num_interop_threads, set_num_interop_threads = get_num_threads, set_num_threads


def use_deterministic_algorithms(mode: Any, *, warn_only: bool = False) -> None:
    """Everything is deterministic here."""
    _State.deterministic, _State.warn_only = mode, warn_only


def are_deterministic_algorithms_enabled() -> bool:
    """What `use_deterministic_algorithms` was told."""
    return _State.deterministic


def is_deterministic_algorithms_warn_only_enabled() -> bool:
    """What `use_deterministic_algorithms` was told."""
    return _State.warn_only


def set_float32_matmul_precision(precision: str) -> None:
    """Products of matrices have full precision here."""
    _State.precision = precision


def get_float32_matmul_precision() -> str:
    """What `set_float32_matmul_precision` was told."""
    return _State.precision


def set_flush_denormal(mode: bool) -> bool:
    """False: the smallest numbers are kept."""
    return False


_DEBUG_MODES = ("default", "warn", "error")


def get_deterministic_debug_mode() -> int:
    """0, 1 or 2: what `use_deterministic_algorithms` was told, as a number."""
    return (1 if _State.warn_only else 2) if _State.deterministic else 0


def set_deterministic_debug_mode(debug_mode: int | str) -> None:
    """The same as `use_deterministic_algorithms`. Raises RuntimeError for an unknown mode."""
    if not isinstance(debug_mode, (int, str)):
        raise TypeError(f"debug_mode must be str or int, but got {type(debug_mode)}")
    if isinstance(debug_mode, str):
        if debug_mode not in _DEBUG_MODES:
            raise RuntimeError(
                "invalid value of debug_mode, expected one of `default`, `warn`, `error`, but got "
                f"{debug_mode}"
            )
        debug_mode = _DEBUG_MODES.index(debug_mode)
    if debug_mode not in (0, 1, 2):
        raise RuntimeError(f"invalid value of debug_mode, expected 0, 1, or 2, but got {debug_mode}")
    use_deterministic_algorithms(debug_mode > 0, warn_only=debug_mode == 1)


def is_autocast_enabled(device_type: str = "cuda") -> bool:
    """False: there is no half precision here."""
    return False
