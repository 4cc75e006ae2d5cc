"""There is no GPU here. `torch.cuda.is_available()` says so, as on any machine without one."""

from __future__ import annotations


def is_available() -> bool:
    """False."""
    return False


def device_count() -> int:
    """0."""
    return 0


def manual_seed(seed: int) -> None:
    """Nothing to seed."""


def manual_seed_all(seed: int) -> None:
    """Nothing to seed."""


def empty_cache() -> None:
    """Nothing to empty."""


def synchronize(device: object = None) -> None:
    """There is no CUDA: raises AssertionError, as PyTorch does."""
    raise AssertionError("Torch not compiled with CUDA enabled")
