"""`torch.nn`: modules, parameters, layers, activations and losses."""

from __future__ import annotations

from .. import _names
from . import functional, init, parameter
from .activations import (
    CELU,
    ELU,
    GELU,
    GLU,
    SELU,
    Hardsigmoid,
    Hardswish,
    Hardtanh,
    LeakyReLU,
    LogSigmoid,
    LogSoftmax,
    Mish,
    PReLU,
    ReLU,
    ReLU6,
    Sigmoid,
    SiLU,
    Softmax,
    Softmin,
    Softplus,
    Softsign,
    Tanh,
    Tanhshrink,
)
from .batch_norm import BatchNorm1d, BatchNorm2d
from .convolution import Conv1d, Conv2d, Conv3d
from .layers import (
    Dropout,
    Embedding,
    Flatten,
    Identity,
    LayerNorm,
    Linear,
    ModuleList,
    ParameterList,
    Sequential,
)
from .losses import (
    BCELoss,
    BCEWithLogitsLoss,
    CrossEntropyLoss,
    HuberLoss,
    KLDivLoss,
    L1Loss,
    MSELoss,
    NLLLoss,
    SmoothL1Loss,
    SoftMarginLoss,
)
from .module import Module
from .parameter import Buffer, Parameter
from .pooling import AvgPool1d, AvgPool2d, MaxPool1d, MaxPool2d

__getattr__ = _names.module_getattr("torch.nn", _names.NN)
