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
