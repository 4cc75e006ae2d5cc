"""Schedules that change an optimizer's learning rate as training goes on."""

from __future__ import annotations

from ._base import LRScheduler, _LRScheduler
from ._cosine import CosineAnnealingLR, CosineAnnealingWarmRestarts
from ._cycles import CyclicLR, OneCycleLR
from ._factors import (
    ConstantLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    MultiplicativeLR,
    MultiStepLR,
    PolynomialLR,
    StepLR,
)
from ._joined import ChainedScheduler, SequentialLR
from ._plateau import ReduceLROnPlateau

# As PyTorch says where they are from.
for _value in list(globals().values()):
    if isinstance(_value, type) and issubclass(_value, LRScheduler):
        _value.__module__ = __name__
