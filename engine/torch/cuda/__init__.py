"""There is no GPU here. `torch.cuda.is_available()` says so, as on any machine without one."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NoReturn


def _nothing(*args: Any, **kwargs: Any) -> None:
    """Nothing to do: there is no GPU."""


def _zero(*args: Any, **kwargs: Any) -> int:
    """0: there is no GPU."""
    return 0


def _no(*args: Any, **kwargs: Any) -> bool:
    """False: there is no GPU."""
    return False


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    """There is no CUDA: raises AssertionError, as PyTorch does."""
    raise AssertionError("Torch not compiled with CUDA enabled")


_ANSWERS = {
    _nothing: "manual_seed manual_seed_all empty_cache ipc_collect reset_peak_memory_stats",
    _zero: (
        "device_count memory_allocated max_memory_allocated memory_reserved max_memory_reserved"
    ),
    _no: "is_available is_initialized is_bf16_supported",
    _refuse: (
        "synchronize current_device get_device_name get_device_capability get_device_properties "
        "set_device current_stream default_stream mem_get_info get_rng_state set_rng_state "
        "memory_summary init Event"
    ),
}
for _answer, _names in _ANSWERS.items():
    for _name in _names.split():
        globals()[_name] = _answer


def Stream(*args: Any, **kwargs: Any) -> NoReturn:
    """There is no CUDA: raises RuntimeError, as PyTorch does."""
    raise RuntimeError("torch.cuda.Stream requires CUDA support")


def __getattr__(name: str) -> Any:
    if name == "amp":
        return import_module("torch.cuda.amp")
    if name.endswith("Tensor"):

        def refuse(*args: Any, **kwargs: Any) -> NoReturn:
            raise TypeError(
                f"type torch.cuda.{name} not available. Torch not compiled with CUDA enabled."
            )

        return refuse
    raise AttributeError(f"module 'torch.cuda' has no attribute '{name}'")
