"""`torch.amp`: mixed precision, which there is none of on the CPU here. Training code that asks runs as it is."""

from .autocast_mode import autocast, is_autocast_available
from .grad_scaler import GradScaler

__all__ = ["GradScaler", "autocast", "is_autocast_available"]
