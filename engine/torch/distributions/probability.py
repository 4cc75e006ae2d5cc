"""What distributions of a probability have in common."""

from __future__ import annotations

from typing import Any

from .distribution import Distribution
from .utils import lazy_property, logits_to_probs, probs_to_logits


def one_of(probs: Any, logits: Any) -> dict[str, Any]:
    """Which of the two was given, by its name."""
    if (probs is None) == (logits is None):
        raise ValueError("Either `probs` or `logits` must be specified, but not both.")
    return {"logits": logits} if probs is None else {"probs": probs}


class OfProbability(Distribution):
    """Of the probability of one of two outcomes, which may be given as its logit."""

    def __init__(
        self, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        self._broadcast(validate_args, **one_of(probs, logits))

    @lazy_property
    def logits(self) -> Any:
        """The logits of the probabilities."""
        return probs_to_logits(self.probs, is_binary=True)

    @lazy_property
    def probs(self) -> Any:
        """The probabilities."""
        return logits_to_probs(self.logits, is_binary=True)


class OfProbabilityAsGiven(OfProbability):
    """One that also tells in which form the probability was given."""

    @property
    def _param(self) -> Any:
        own = self.__dict__
        return own["probs"] if "probs" in own else own["logits"]

    @property
    def param_shape(self) -> Any:
        """The shape of the probabilities."""
        return self._param.size()
