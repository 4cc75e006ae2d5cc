"""`torch.accelerator`: the device that computes faster than the CPU. There is none here."""

from __future__ import annotations

from typing import Any, NoReturn

from ._names import devices_getattr


def is_available() -> bool:
    """False."""
    return False


def device_count() -> int:
    """0."""
    return 0


def current_accelerator(check_available: bool = False) -> None:
    """None: there is no accelerator."""


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    """There is no accelerator: raises RuntimeError, as PyTorch does."""
    raise RuntimeError("Cannot access accelerator device when none is available.")


current_device_index = current_device_idx = set_device_index = set_device_idx = _refuse
current_stream = set_stream = synchronize = _refuse

__getattr__ = devices_getattr("accelerator")
