"""Switches of PyTorch's compute libraries, of which none is here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any


class _Switches(ModuleType):
    """A library that isn't there: its switches can be set and do nothing."""

    def __init__(self, name: str, **switches: Any) -> None:
        super().__init__(f"{__name__}.{name}", "Switches of a library that isn't here.")
        self.__dict__.update(switches)
        sys.modules[self.__name__] = self

    def is_available(self) -> bool:
        """False."""
        return False

    def is_built(self) -> bool:
        """False."""
        return False

    def version(self) -> None:
        """None: there is none."""

    @contextmanager
    def flags(self, **switches: Any) -> Iterator[None]:
        """A context in which switches have other values."""
        before = {name: self.__dict__.get(name) for name in switches}
        self.__dict__.update(switches)
        try:
            yield
        finally:
            self.__dict__.update(before)


cudnn = _Switches(
    "cudnn", enabled=True, benchmark=False, deterministic=False, allow_tf32=True, benchmark_limit=10
)
cuda = _Switches(
    "cuda",
    matmul=SimpleNamespace(
        allow_tf32=False, allow_fp16_reduced_precision_reduction=True, fp32_precision="none"
    ),
    **{
        f"{kind}_sdp_enabled": lambda: True for kind in ("flash", "mem_efficient", "math", "cudnn")
    },
    **{
        f"enable_{kind}_sdp": lambda enabled: None
        for kind in ("flash", "mem_efficient", "math", "cudnn")
    },
)
mps = _Switches("mps")
mkl, openmp, opt_einsum = _Switches("mkl"), _Switches("openmp"), _Switches("opt_einsum")
mkldnn = _Switches("mkldnn", enabled=True, deterministic=False)
cpu = _Switches("cpu", get_cpu_capability=lambda: "DEFAULT")
