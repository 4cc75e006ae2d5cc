"""What nodes save for their backward pass, by the names and with the values that `grad_fn` shows."""

from vocabulary import program

_SHOW = """
import torch.nn.functional as F
torch.manual_seed(0)
x, y = torch.tensor([[1., -2.], [3., 0.5]], requires_grad=True), torch.tensor([[0.5, 2.], [-1., 4.]], requires_grad=True)
v, mask, at = torch.tensor([2., 3.], requires_grad=True), torch.tensor([[True, False], [False, True]]), torch.tensor([1, 0])

def shown(value):
    if isinstance(value, torch.Tensor):
        return [tuple(value.shape), value.stride(), value.requires_grad, value.is_leaf, [f'{{n:.5g}}' for n in value.detach().flatten().tolist()]]
    return [type(value).__name__, value]

made = {call}
for each in made if isinstance(made, tuple) else [made]:
    node = each.grad_fn
    if node is not None:
        print(node.name(), [name for name in dir(node) if '_saved_' in name])
        for name in dir(node):
            if name.startswith('_saved_'):
                print(name, shown(getattr(node, name)))
"""

for call in """
x + y | x + 1 | 1 - x | torch.add(x, y, alpha=2) | x - y | x * y | x * 3 | x / y | x / 2 | 2 / x | x ** 2 | x ** y | 2 ** x
torch.div(x, y, rounding_mode='floor') | torch.div(x, y, rounding_mode='trunc') | x % y | x % 2 | x.fmod(y) | -x | x.abs()
x.exp() | x.exp2() | x.expm1() | y.log() | y.log1p() | x.sin() | x.tan() | x.sigmoid() | x.tanh() | y.sqrt() | y.rsqrt()
x.reciprocal() | x.erf() | x.sgn() | x.sign() | x.floor() | x.frac() | x.round(decimals=1) | x.sinc() | x.nan_to_num()
x.clamp(0, 1) | x.clamp(min=0) | x.clamp(y - 1, y) | x.clamp_min(0) | x.clamp_max(y) | torch.maximum(x, y) | torch.fmax(x, y)
torch.where(mask, x, y) | torch.lerp(x, y, 0.5) | torch.lerp(x, y, y) | torch.addcmul(x, y, y, value=2) | torch.addcdiv(x, y, y)
torch.atan2(x, y) | torch.hypot(x, y) | torch.copysign(x, y) | torch.copysign(x, -1.) | torch.xlogy(x, y) | torch.logaddexp(x, y)
torch.polygamma(1, y) | torch.mvlgamma(y + 5, 2) | torch.i0(x) | torch.special.entr(y) | torch.special.i1(x) | y.logit(0.1)
x.sum() | x.sum(-1) | x.sum((0, -1), keepdim=True) | x.mean() | x.mean(1) | x.var() | x.var(0, correction=0) | x.std(1)
torch.var_mean(x) | torch.std_mean(x, 0) | x.prod() | x.prod(1) | x.max() | x.max(0) | x.amax((0, -1)) | x.aminmax() | x.median(0)
x.kthvalue(1) | x.mode() | x.cumsum(-1) | x.cumprod(0) | x.cummax(0) | x.logcumsumexp(1) | x.logsumexp(-1) | x.nansum(0)
x.norm() | x.norm(1, 0) | x.dist(y) | x.softmax(-1) | x.log_softmax(0) | x.sort(-1) | x.topk(1) | torch.renorm(x, 2, 0, 1.)
x.masked_fill(mask, 1.) | x.masked_fill(mask, v.sum()) | x.masked_select(mask) | x.masked_scatter(mask, y) | x.index_select(0, at)
x.index_add(0, at, y, alpha=2) | x.index_copy(0, at, y) | x.index_fill(0, at, 1.) | x.gather(0, at[None]) | x.take(at)
x.flip(-1) | x.roll(-1, 0) | x.permute(1, -2) | x.unsqueeze(-1) | x[None].squeeze((0,)) | x.t() | x[0] | x[:, 1:] | x[at] | x.expand(3, 2, 2)
x @ y | x @ v | v.dot(v) | torch.addmm(x, x, y) | torch.outer(v, v) | torch.vdot(v, v) | torch.diag(x) | x.trace()
F.relu(x) | F.leaky_relu(x, 0.2) | F.elu(x) | F.gelu(x) | F.softplus(x) | F.silu(x) | F.threshold(x, 0, 1) | F.hardtanh(x)
""".replace("\n", " | ").split(" | "):
    if call.strip():
        program(_SHOW.format(call=call.strip()), name=f"saved by {call.strip()}")
