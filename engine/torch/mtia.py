"""`torch.mtia`: a kind of device that isn't here."""

from __future__ import annotations

from ._names import devices_getattr


def is_available() -> bool:
    """False."""
    return False


def device_count() -> int:
    """0."""
    return 0


__getattr__ = devices_getattr("mtia")
