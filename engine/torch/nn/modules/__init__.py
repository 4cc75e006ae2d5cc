"""The modules of `torch.nn`, each in the file of its kind.

Large ones that few programs use are imported when they are first asked for.
"""

from importlib import import_module

from ... import _names
from .activation import (
    CELU,
    ELU,
    GELU,
    GLU,
    SELU,
    Hardshrink,
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
    RReLU,
    Sigmoid,
    SiLU,
    Softmax,
    Softmax2d,
    Softmin,
    Softplus,
    Softshrink,
    Softsign,
    Tanh,
    Tanhshrink,
    Threshold,
)
from .batchnorm import BatchNorm1d, BatchNorm2d, BatchNorm3d
from .container import ModuleDict, ModuleList, ParameterDict, ParameterList, Sequential
from .conv import Conv1d, Conv2d, Conv3d
from .distance import CosineSimilarity, PairwiseDistance
from .dropout import AlphaDropout, Dropout, Dropout1d, Dropout2d, Dropout3d, FeatureAlphaDropout
from .flatten import Flatten, Unflatten
from .linear import Bilinear, Identity, Linear
from .loss import (
    BCELoss,
    BCEWithLogitsLoss,
    CosineEmbeddingLoss,
    CrossEntropyLoss,
    GaussianNLLLoss,
    HingeEmbeddingLoss,
    HuberLoss,
    KLDivLoss,
    L1Loss,
    MarginRankingLoss,
    MSELoss,
    NLLLoss,
    PoissonNLLLoss,
    SmoothL1Loss,
    SoftMarginLoss,
    TripletMarginLoss,
)
from .module import Module
from .normalization import GroupNorm, LayerNorm, RMSNorm
from .padding import (
    CircularPad1d,
    CircularPad2d,
    CircularPad3d,
    ConstantPad1d,
    ConstantPad2d,
    ConstantPad3d,
    ReflectionPad1d,
    ReflectionPad2d,
    ReflectionPad3d,
    ReplicationPad1d,
    ReplicationPad2d,
    ReplicationPad3d,
    ZeroPad1d,
    ZeroPad2d,
    ZeroPad3d,
)
from .pooling import (
    AdaptiveAvgPool1d,
    AdaptiveAvgPool2d,
    AvgPool1d,
    AvgPool2d,
    MaxPool1d,
    MaxPool2d,
)
from .sparse import Embedding

__all__ = [name for name in dir() if name[0].isupper()]

_LATE = {
    "_embedding_bag": "EmbeddingBag",
    "_more_losses": (
        "CTCLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss NLLLoss2d "
        "TripletMarginWithDistanceLoss"
    ),
    "_more_pooling": (
        "AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AvgPool3d "
        "LPPool1d LPPool2d LPPool3d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d"
    ),
    "_response_norm": "LocalResponseNorm",
    "_transposed": "ConvTranspose1d ConvTranspose2d ConvTranspose3d",
    "adaptive": "AdaptiveLogSoftmaxWithLoss",
    "fold": "Fold Unfold",
    "lazy": (
        "LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyConv1d LazyConv2d LazyConv3d "
        "LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d LazyInstanceNorm1d "
        "LazyInstanceNorm2d LazyInstanceNorm3d LazyLinear"
    ),
    "pixelshuffle": "ChannelShuffle PixelShuffle PixelUnshuffle",
    "upsampling": "Upsample UpsamplingBilinear2d UpsamplingNearest2d",
    "_multihead_attention": "MultiheadAttention",
    "instancenorm": "InstanceNorm1d InstanceNorm2d InstanceNorm3d",
    "rnn": "RNN LSTM GRU RNNBase RNNCell LSTMCell GRUCell RNNCellBase",
    "transformer": (
        "Transformer TransformerEncoder TransformerEncoderLayer TransformerDecoder "
        "TransformerDecoderLayer"
    ),
}
_PLACES = {name: module for module, names in _LATE.items() for name in names.split()}

# Under which module PyTorch has them.
_HOMES = {
    "_embedding_bag": "sparse",
    "_more_losses": "loss",
    "_more_pooling": "pooling",
    "_multihead_attention": "activation",
    "_response_norm": "normalization",
    "_transposed": "conv",
    "LazyBatchNorm": "batchnorm",
    "LazyConv": "conv",
    "LazyInstanceNorm": "instancenorm",
    "LazyLinear": "linear",
    "ChannelShuffle": "channelshuffle",
}


def _home(name: str) -> str:
    place = _PLACES[name]
    found = (home for start, home in _HOMES.items() if start == place or name.startswith(start))
    return next(found, place)


_missing = _names.module_getattr("torch.nn.modules", _names.NN)


def __getattr__(name: str) -> object:
    if name in _LATE:
        return import_module(f"{__name__}.{name}")
    if name in _PLACES:
        value = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
        value.__module__ = f"{__name__}.{_home(name)}"
        globals()[name] = value
        return value
    return _missing(name)


def _also_in(module: str) -> None:
    """Give a module that holds the usual layers of a kind those that are imported late, too."""

    def look_up(name: str) -> object:
        if name in _PLACES and _home(name) == module:
            return __getattr__(name)
        raise AttributeError(f"module '{__name__}.{module}' has no attribute '{name}'")

    import_module(f"{__name__}.{module}").__getattr__ = look_up  # type: ignore[method-assign]


for _module in "activation batchnorm conv linear loss normalization pooling sparse".split():
    _also_in(_module)


def __dir__() -> list[str]:
    return sorted({*globals(), *_PLACES})
