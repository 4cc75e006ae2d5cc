"""torch.nn.functional: activations, losses, normalisation, convolutions and pooling."""

from vocabulary import FLOATS, STRIDED, Given, T, op

ACTIVATIONS = """relu relu6 leaky_relu elu selu celu gelu silu mish softplus softsign tanhshrink hardtanh hardswish
hardsigmoid hardshrink softshrink logsigmoid sigmoid tanh""".split()
CORNERS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 3.0, -3.0, 6.0, 25.0, -25.0, float("inf"), float("-inf"), float("nan")]

for name in ACTIVATIONS:
    op(f"F.{name}(x)", x=T(2, 3), dtypes=[*FLOATS, "int64", "bool"], layouts=STRIDED)
    op(f"F.{name}(x)", x=Given(CORNERS, "float64", grad=True))
    op(f"F.{name}(x)", x=T())
for name in ("relu", "relu6", "leaky_relu", "elu", "selu", "celu", "hardtanh", "silu"):
    op(f"F.{name}(x * 1, inplace=True)", x=T(2, 3), of=name)
    op(f"F.{name}(x, inplace=True)", x=T(2, 3), of=name)
for call in (
    "F.leaky_relu(x, 0.2)",
    "F.elu(x, alpha=2)",
    "F.celu(x, alpha=2)",
    "F.gelu(x, approximate='tanh')",
    "F.gelu(x, approximate='none')",
    "F.softplus(x, beta=2, threshold=1)",
    "F.hardtanh(x, -2, 2)",
    "F.threshold(x, 0.1, 20)",
    "F.prelu(x, torch.tensor([0.25], dtype=x.dtype))",
    "F.glu(x[:, :2])",
    "F.glu(x)",
    "F.softmax(x, 1)",
    "F.softmin(x, 1)",
    "F.log_softmax(x, 1)",
    "F.softmax(x, dtype=torch.float64, dim=0)",
    "F.normalize(x, dim=1)",
    "F.normalize(x, p=1, dim=0)",
    "F.layer_norm(x, (3,))",
    "F.layer_norm(x, (2, 3))",
    "F.layer_norm(x, (2,))",
    "F.rms_norm(x, (3,))",
    "F.group_norm(x, 3)",
    "F.batch_norm(x, None, None, training=True)",
    "F.dropout(x, 0.5, training=False)",
    "F.dropout(x, 1.5)",
    "F.pad(x, (1, 2))",
    "F.pad(x, (1, 0, 0, 1), value=2.5)",
    "F.pad(x, (-1, 0))",
    "F.pad(x, (1,))",
    "F.cosine_similarity(x, x + 1)",
    "F.pairwise_distance(x, x + 1)",
):
    op(call, x=T(2, 3), layouts=STRIDED)
for name in "mse_loss l1_loss smooth_l1_loss huber_loss binary_cross_entropy_with_logits soft_margin_loss poisson_nll_loss".split():
    for reduction in ("mean", "sum", "none", "max"):
        op(f"F.{name}(x, y, reduction='{reduction}')", x=T(2, 3), y=T(2, 3), layouts=STRIDED)
    op(f"F.{name}(x, y)", x=T(2, 3), y=T(3))
    op(f"F.{name}(x, y)", x=T(2, 3), y=T(2, 3), dtypes=["int64", ("float32", "float64"), ("float32", "int64")])
for reduction in ("mean", "sum", "none"):
    for more in ("", ", label_smoothing=0.1", ", ignore_index=1", ", weight=torch.ones(3, dtype=x.dtype)"):
        op(f"F.cross_entropy(x, i{more}, reduction='{reduction}')", x=T(2, 3), i=Given([2, 1]))
    op(f"F.cross_entropy(x, y, reduction='{reduction}')", x=T(2, 3), y=T(2, 3))
    op(f"F.nll_loss(x, i, reduction='{reduction}')", x=T(2, 3), i=Given([2, 1]))
    op(f"F.binary_cross_entropy(x.sigmoid(), y.sigmoid(), reduction='{reduction}')", x=T(2, 3), y=T(2, 3))
    op(f"F.kl_div(x, y, reduction='{reduction}')", x=T(2, 3), y=T(2, 3, values="positive"))
    op(f"F.hinge_embedding_loss(x, y, reduction='{reduction}')", x=T(3), y=Given([1.0, -1.0, 1.0]))
    op(f"F.gaussian_nll_loss(x, y, v, reduction='{reduction}')", x=T(3), y=T(3), v=T(3, values="positive"))
op("F.cross_entropy(x, i)", x=T(2, 3), i=Given([3, 1]))
op("F.cross_entropy(x, i)", x=T(2, 3), i=Given([1, 1, 1]))
op("F.cross_entropy(x, i)", x=T(2, 3), i=Given([1.0, 1.0]))
op("F.kl_div(x, y, reduction='batchmean')", x=T(2, 3), y=T(2, 3, values="positive"))
op("F.triplet_margin_loss(x, y, z)", x=T(2, 3), y=T(2, 3), z=T(2, 3))
op("F.margin_ranking_loss(x, y, t)", x=T(3), y=T(3), t=Given([1.0, -1.0, 1.0]))
op("F.cosine_embedding_loss(x, y, t)", x=T(2, 3), y=T(2, 3), t=Given([1.0, -1.0]))
op("F.multi_margin_loss(x, i)", x=T(2, 3), i=Given([2, 1]))
for more in ("", ", stride=2", ", padding=1", ", dilation=2", ", groups=2", ", padding='same'"):
    op(f"F.conv1d(x, w{more})", x=T(2, 2, 5), w=T(2, 1 if "groups" in more else 2, 3), layouts=("contiguous", "transposed"))
    op(f"F.conv2d(x, w{more})", x=T(1, 2, 5, 4), w=T(2, 1 if "groups" in more else 2, 3, 2))
op("F.conv2d(x, w, b)", x=T(2, 2, 4, 4), w=T(3, 2, 2, 2), b=T(3))
op("F.conv2d(x, w)", x=T(2, 3, 4, 4), w=T(3, 2, 2, 2))
op("F.conv_transpose1d(x, w, stride=2)", x=T(1, 2, 3), w=T(2, 3, 2))
for call in ("F.max_pool1d(x, 2)", "F.avg_pool1d(x, 2)", "F.adaptive_avg_pool1d(x, 2)", "F.max_pool1d(x, 2, return_indices=True)"):
    op(call, x=T(1, 2, 5), layouts=("contiguous", "transposed"))
for call in ("F.max_pool2d(x, 2)", "F.avg_pool2d(x, 2, padding=1)", "F.adaptive_avg_pool2d(x, 1)", "F.unfold(x, 2)", "F.interpolate(x, scale_factor=2)"):
    op(call, x=T(1, 2, 4, 5))
op("F.scaled_dot_product_attention(x, y, y)", x=T(1, 3, 2), y=T(1, 4, 2))
op("F.scaled_dot_product_attention(x, x, x, is_causal=True)", x=T(2, 3, 2))

# Stretching, folding, shuffling, sampling.
for size in ("scale_factor=2", "size=(5, 3)", "scale_factor=0.6"):
    for mode in ("nearest", "nearest-exact", "bilinear", "bicubic", "area"):
        op(f"F.interpolate(x, {size}, mode='{mode}')", x=T(1, 2, 4, 5), dtypes=["float64"])
for mode in ("bilinear", "bicubic"):
    op(f"F.interpolate(x, size=(5, 7), mode='{mode}', align_corners=True)", x=T(1, 2, 4, 5))
op("F.interpolate(x, size=7, mode='linear')", x=T(2, 2, 4))
op("F.interpolate(x, size=(3, 4, 2), mode='trilinear')", x=T(1, 1, 2, 3, 3), dtypes=["float64"])
op("F.interpolate(x, size=3, mode='bilinear')", x=T(2, 2, 4))
op("F.interpolate(x, size=3, mode='nearest', align_corners=True)", x=T(2, 2, 4))
op("F.interpolate(x)", x=T(2, 2, 4))
for settings in ("2", "2, stride=2", "(2, 3), dilation=2, padding=1, stride=2", "9"):
    op(f"F.unfold(x, {settings})", x=T(1, 2, 4, 5))
op("F.fold(x, (4, 4), 2)", x=T(2, 4, 9))
op("F.fold(x, (4, 4), 2, stride=2)", x=T(2, 8, 4))
op("F.fold(x, (4, 4), 2)", x=T(2, 4, 8))
for call in ("pixel_shuffle(x, 2)", "pixel_unshuffle(x, 2)", "channel_shuffle(x, 2)", "pixel_shuffle(x, 3)"):
    op(f"F.{call}", x=T(1, 4, 2, 4))
for mode in ("bilinear", "nearest", "bicubic"):
    for padding in ("zeros", "border", "reflection"):
        for corners in (True, False):
            op(
                f"F.grid_sample(x, g, '{mode}', '{padding}', align_corners={corners})",
                x=T(1, 2, 3, 4),
                g=T(1, 2, 3, 2),
                dtypes=["float64"],
            )
op("F.affine_grid(x, (2, 3, 3, 4), align_corners=False)", x=T(2, 2, 3))
op("F.affine_grid(x, (2, 3, 2, 3, 4), align_corners=True)", x=T(2, 3, 4), dtypes=["float64"])

# Pooling in more dimensions, and back.
for call in (
    "max_pool3d(x, 2)",
    "avg_pool3d(x, 2, padding=1, count_include_pad=False)",
    "avg_pool3d(x, 2, stride=1, ceil_mode=True, divisor_override=3)",
    "adaptive_avg_pool3d(x, (2, 1, None))",
    "adaptive_avg_pool3d(x, 1)",
    "adaptive_max_pool3d(x, 2)",
    "lp_pool3d(x, 2, 2)",
):
    op(f"F.{call}", x=T(1, 2, 3, 2, 4), dtypes=["float64"])
for call in (
    "adaptive_max_pool2d(x, (2, 3))",
    "adaptive_max_pool2d(x, 2, return_indices=True)",
    "lp_pool2d(x, 2, 2)",
    "lp_pool2d(x, float('inf'), 2, stride=1)",
    "local_response_norm(x, 2)",
    "max_unpool2d(*F.max_pool2d(x, 2, return_indices=True), 2)",
    "max_unpool2d(*F.max_pool2d(x, 2, return_indices=True), 2, output_size=(5, 5))",
    "max_unpool2d(*F.max_pool2d(x, 2, return_indices=True), 2, output_size=(9, 9))",
):
    op(f"F.{call}", x=T(1, 2, 4, 5), dtypes=["float64"])
op("F.adaptive_max_pool1d(x, 3)", x=T(1, 2, 5))
op("F.lp_pool1d(x, 2, 2)", x=T(1, 2, 5))
op("F.local_response_norm(x, 2)", x=T(1, 3, 5))
op("F.max_unpool1d(*F.max_pool1d(x, 2, return_indices=True), 2)", x=T(1, 2, 4))

# Transposed convolutions.
op("F.conv_transpose2d(x, w, b, stride=2, padding=1, output_padding=1)", x=T(1, 2, 2, 3), w=T(2, 3, 3, 2), b=T(3))
op("F.conv_transpose2d(x, w, groups=2, dilation=2)", x=T(1, 2, 2, 3), w=T(2, 2, 2, 2), dtypes=["float64"])
op("F.conv_transpose3d(x, w, stride=2)", x=T(1, 2, 2, 1, 2), w=T(2, 1, 2, 2, 2), dtypes=["float64"])
op("F.conv_transpose1d(x, w, output_padding=3)", x=T(1, 2, 3), w=T(2, 3, 2))
op("F.conv_transpose1d(x, w)", x=T(1, 3, 3), w=T(2, 3, 2))
for settings in ("stride=0", "padding=-1", "dilation=0", "groups=0", "groups=3"):
    op(f"F.conv2d(x, w, {settings})", x=T(1, 2, 4, 5), w=T(2, 2, 2, 2), dtypes=["float64"])
op("F.conv2d(x, w, b)", x=T(1, 2, 4, 5), w=T(2, 2, 2, 2), b=T(3))

# Bags, margins, sequences.
for mode in ("sum", "mean", "max"):
    op(f"F.embedding_bag(i, x, mode='{mode}')", x=T(4, 2), i=Given([[0, 1], [2, 2]]))
    op(
        f"F.embedding_bag(i, x, o, mode='{mode}', padding_idx=2)",
        x=T(4, 2),
        i=Given([0, 1, 2, 2, 3]),
        o=Given([0, 0, 3]),
    )
op("F.embedding_bag(i, x, mode='sum', per_sample_weights=w)", x=T(4, 2), i=Given([[0, 1], [2, 2]]), w=T(2, 2))
op("F.embedding(i, x, scale_grad_by_freq=True)", x=T(4, 2), i=Given([0, 1, 1, 1]))
op("F.embedding(i, x.detach().clone(), max_norm=0.5)", x=T(4, 2), i=Given([0, 1, 1]))
for settings in ("", ", p=2, margin=0.5", ", reduction='none'", ", weight=torch.tensor([1.0, 2.0, 3.0], dtype=x.dtype)"):
    op(f"F.multi_margin_loss(x, i{settings})", x=T(2, 3), i=Given([2, 1]))
for reduction in ("mean", "sum", "none"):
    op(f"F.multilabel_margin_loss(x, i, reduction='{reduction}')", x=T(2, 3), i=Given([[2, -1, 0], [0, 1, -1]]))
    op(f"F.multilabel_soft_margin_loss(x, y, reduction='{reduction}')", x=T(2, 3), y=T(2, 3, values="unit"))
    op(f"F.triplet_margin_with_distance_loss(x, y, z, reduction='{reduction}')", x=T(2, 3), y=T(2, 3), z=T(2, 3))
    op(
        f"F.ctc_loss(x.log_softmax(2), i, (4, 3), (2, 1), reduction='{reduction}')",
        x=T(4, 2, 3),
        i=Given([[1, 2], [2, 0]]),
    )
op("F.ctc_loss(x.log_softmax(2), i, (2, 2), (2, 2), zero_infinity=True)", x=T(2, 2, 3), i=Given([[1, 1], [2, 1]]))
op("F.pdist(x)", x=T(4, 3))
op("F.pdist(x, p=1)", x=T(4, 3))

# Attention.
for settings in ("", ", is_causal=True", ", attn_mask=m", ", attn_mask=m > 0", ", scale=0.3", ", is_causal=True, attn_mask=m"):
    op(f"F.scaled_dot_product_attention(x, y, y{settings})", x=T(2, 3, 4), y=T(2, 3, 4), m=T(3, 3), dtypes=["float64"])
    op(
        f"F.scaled_dot_product_attention(x, y, y{settings.replace('m', 'm.detach()', 1) if 'mask=m' in settings else settings})",
        x=T(1, 2, 3, 4),
        y=T(1, 2, 3, 4),
        m=T(3, 3),
        dtypes=["float64"],
    )
