"""`torch.nn.functional`: activations, losses and layers as plain functions."""

from __future__ import annotations

from importlib import import_module

from ... import _names
from ..._operation import function, functions_of
from ._activations import (
    celu,
    celu_,
    elu,
    elu_,
    gelu,
    glu,
    hardshrink,
    hardsigmoid,
    hardswish,
    hardtanh,
    hardtanh_,
    leaky_relu,
    leaky_relu_,
    log_softmax,
    logsigmoid,
    mish,
    prelu,
    relu,
    relu6,
    relu_,
    rrelu,
    rrelu_,
    selu,
    selu_,
    sigmoid,
    silu,
    softmax,
    softmin,
    softplus,
    softshrink,
    softsign,
    tanh,
    tanhshrink,
    threshold,
    threshold_,
)
from ._attention import scaled_dot_product_attention
from ._classification import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    kl_div,
    nll_loss,
    soft_margin_loss,
)
from ._distances import (
    cosine_similarity,
    normalize,
    pairwise_distance,
)
from ._dropout import (
    alpha_dropout,
    dropout,
    dropout1d,
    dropout2d,
    dropout3d,
    feature_alpha_dropout,
    gumbel_softmax,
)
from ._embedding import (
    embedding,
    one_hot,
)
from ._normalization import batch_norm, group_norm, instance_norm, layer_norm, rms_norm
from ._pooling import (
    adaptive_avg_pool2d,
    adaptive_avg_pool3d,
    max_pool1d,
    max_pool2d,
    max_pool3d,
)
from ._ranking import (
    cosine_embedding_loss,
    hinge_embedding_loss,
    margin_ranking_loss,
    triplet_margin_loss,
)
from ._regression import (
    gaussian_nll_loss,
    huber_loss,
    l1_loss,
    mse_loss,
    poisson_nll_loss,
    smooth_l1_loss,
)

channel_shuffle, pixel_shuffle, pixel_unshuffle = map(
    function, ("channel_shuffle", "pixel_shuffle", "pixel_unshuffle")
)

# What the engine itself offers under these names needs nothing from Python.
for _name, _function in functions_of("nn.functional"):
    if not _name.startswith("_"):
        globals()[_name] = _function

_pad = function("nn.functional._pad", "pad")


def pad(input: object, pad: object, mode: str = "constant", value: object = None) -> object:
    """Room around `input`, from the last dimension forwards: before, after, before, after…"""
    return _pad(input, pad, mode, value)


# What few programs use is imported when it is first asked for.
_LATE = {
    "_resampling": (
        "interpolate upsample upsample_nearest upsample_bilinear grid_sample affine_grid "
        "GRID_SAMPLE_INTERPOLATION_MODES GRID_SAMPLE_PADDING_MODES"
    ),
    "_folding": "fold unfold",
    "_more_pooling": (
        "adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d "
        "adaptive_max_pool1d_with_indices adaptive_max_pool2d_with_indices "
        "adaptive_max_pool3d_with_indices max_pool1d_with_indices max_pool2d_with_indices "
        "max_pool3d_with_indices lp_pool1d lp_pool2d lp_pool3d max_unpool1d max_unpool2d "
        "max_unpool3d"
    ),
    "_margins": (
        "multi_margin_loss multilabel_margin_loss multilabel_soft_margin_loss "
        "triplet_margin_with_distance_loss ctc_loss"
    ),
    "_embedding_bag": "embedding_bag",
    "_channels": "local_response_norm",
}
_PLACES = {name: module for module, names in _LATE.items() for name in names.split()}

_missing = _names.module_getattr("torch.nn.functional", _names.FUNCTIONAL)


def __getattr__(name: str) -> object:
    if name in _PLACES:
        value = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
        globals()[name] = value
        return value
    return _missing(name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_PLACES})
