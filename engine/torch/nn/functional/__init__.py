"""`torch.nn.functional`: activations, losses and layers as plain functions."""

from __future__ import annotations

from ... import _names
from ..._operation import functions_of
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
from ._normalization import group_norm, instance_norm, rms_norm
from ._pooling import (
    adaptive_avg_pool2d,
    max_pool1d,
    max_pool2d,
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

# What the engine itself offers under these names needs nothing from Python.
for _name, _function in functions_of("nn.functional"):
    if not _name.startswith("_"):
        globals()[_name] = _function

__getattr__ = _names.module_getattr("torch.nn.functional", _names.FUNCTIONAL)
