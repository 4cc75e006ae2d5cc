"""`torch.cpu`: the device on which everything is computed."""

from __future__ import annotations

from typing import Any

from ._names import devices_getattr


def is_available() -> bool:
    """True."""
    return True


def is_initialized() -> bool:
    """True."""
    return True


def device_count() -> int:
    """1."""
    return 1


def current_device() -> str:
    """The only one."""
    return "cpu"


def synchronize(device: Any = None) -> None:
    """Nothing to wait for."""


def set_device(device: Any) -> None:
    """Nothing to choose from."""


__getattr__ = devices_getattr("cpu")
