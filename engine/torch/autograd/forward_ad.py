"""Forward-mode differentiation: not here yet."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    raise NotImplementedError(
        f"dxdx doesn't have torch.autograd.forward_ad.{name} yet. For a Jacobian-vector product "
        "use torch.autograd.functional.jvp."
    )
