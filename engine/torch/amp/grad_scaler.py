"""`GradScaler`: larger losses, so that gradients in half precision don't vanish."""

from __future__ import annotations

from typing import Any

from .. import _C

__all__ = ["GradScaler"]


class GradScaler:
    """Switched off, as it is without a GPU: losses and gradients stay as they are."""

    def __init__(
        self,
        device: str = "cuda",
        init_scale: float = 2.0**16,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
        enabled: bool = True,
    ) -> None:
        if enabled and device == "cuda":
            _C.warn(
                "torch.cuda.amp.GradScaler is enabled, but CUDA is not available.  Disabling."
            )
        elif enabled:
            raise NotImplementedError(
                "dxdx has no half precision, so there are no gradients to scale on the CPU: leave "
                "GradScaler out, or pass enabled=False."
            )
        self._device = device
        self._enabled = False

    def is_enabled(self) -> bool:
        """False."""
        return self._enabled

    def scale(self, outputs: Any) -> Any:
        """`outputs` as they are."""
        return outputs

    def unscale_(self, optimizer: Any) -> None:
        """Nothing to do."""

    def step(self, optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        """The optimizer's step."""
        return optimizer.step(*args, **kwargs)

    def update(self, new_scale: Any = None) -> None:
        """Nothing to do."""

    def get_scale(self) -> float:
        """1.0."""
        return 1.0

    def get_growth_factor(self) -> float:
        """1.0: the scale doesn't grow."""
        return 1.0

    def get_backoff_factor(self) -> float:
        """0.0: the scale doesn't shrink."""
        return 0.0

    def get_growth_interval(self) -> int:
        """0."""
        return 0

    def state_dict(self) -> dict[str, Any]:
        """Nothing to save."""
        return {}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Nothing to load."""
