"""Normalisation over neighbouring channels, as a layer."""

from __future__ import annotations

from typing import Any

from .. import functional as F
from .module import Module


class LocalResponseNorm(Module):
    """Divides each number by a power of the mean square of the channels around it."""

    def __init__(
        self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
    ) -> None:
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input: Any) -> Any:
        """The normalised input."""
        return F.local_response_norm(input, self.size, self.alpha, self.beta, self.k)

    def extra_repr(self) -> str:
        """The size, and the constants."""
        return f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"
