"""Changing a tensor in place: leaves, results, views, what backward had saved, and what is refused."""

from vocabulary import ALL, FLOATS, Given, T, op

BINARY = "add sub mul div copy".split()
UNARY = """abs acos asin atan ceil clamp_min cos cosh erf exp exp2 expm1 floor frac log log1p neg reciprocal relu round rsqrt
sigmoid sign sin sinh sqrt square tan tanh trunc zero detach t squeeze tril""".split()

for name in BINARY:
    op(f"(x * 1).{name}_(y)", x=T(2, 3), y=T(3, values="positive"), of=f"{name}_")
    op(f"x.{name}_(y)", x=T(2, 3, grad=False), y=T(3, grad=False, values="positive"), dtypes=ALL, of=f"{name}_")
    op(f"x.{name}_(y)", x=T(2, 3, grad=False), y=T(3, grad=False, values="positive"), of=f"{name}_", dtypes=[("int64", "float32"), ("bool", "int64"), ("float32", "float64"), ("uint8", "int8")])
    op(f"x.{name}_(y)", x=T(2, 3), y=T(3), of=f"{name}_")
    op(f"x[0].{name}_(y)", x=T(2, 3), y=T(3), of=f"{name}_")
    op(f"(x * 1).{name}_(y)", x=T(3), y=T(2, 3), of=f"{name}_")
    op(f"(z := x * 1)[0].{name}_(y).sum() + z.sum()", x=T(2, 3), y=T(3, values="positive"), of=f"{name}_")
    op(f"(z := x.exp()).{name}_(y) + z", x=T(2, 3), y=T(3, values="positive"), of=f"{name}_")
for name in UNARY:
    given = "0.5" if name == "clamp_min" else ""
    op(f"(x * 1).{name}_({given})", x=T(2, 3, values="unit"), dtypes=FLOATS, of=f"{name}_")
    op(f"x.{name}_({given})", x=T(2, 3), of=f"{name}_")
    op(f"x.{name}_({given})", x=T(2, 3, grad=False, values="positive"), dtypes=ALL, of=f"{name}_")
for call in (
    "(x * 1).fill_(2)",
    "(x * 1).fill_(torch.tensor(2.))",
    "(x * 1).fill_(torch.ones(2))",
    "(x * 1).clamp_(-1, 1)",
    "(x * 1).pow_(2)",
    "(x * 1).pow_(x)",
    "(x * 1).lerp_(x, 0.5)",
    "(x * 1).addcmul_(x, x, value=2)",
    "(x * 1).addcdiv_(x, x)",
    "(x * 1).masked_fill_(x > 0, 3)",
    "(x * 1).index_fill_(0, torch.tensor([1]), 3)",
    "(x * 1).index_add_(0, torch.tensor([1, 0]), x)",
    "(x * 1).scatter_(1, torch.tensor([[0], [2]]), 3)",
    "(x * 1).transpose_(0, 1)",
    "(x * 1).unsqueeze_(0)",
    "(x * 1).swapaxes_(0, 1)",
    "(x * 1).fill_diagonal_(3)",
    "(x * 1).cumsum_(1)",
    "(x * 1).requires_grad_(False)",
    "(x * 1).detach_()",
    "(x * 1).zero_()",
    "(x * 1).t().add_(1)",
    "(x * 1).view(6)[1:4].mul_(2)",
    "(x * 1).unbind()[0].mul_(2)",
    "(x * 1).split(1)[0].mul_(2)",
    "(x * 1).diagonal().mul_(2)",
    "(x * 1).expand(2, 2, 3).add_(1)",
    "(x * 1).floor_divide_(2)",
    "(x * 1).remainder_(2)",
    "(x * 1).fmod_(2)",
    "(x * 1).random_(5)",
):
    op(call, x=T(2, 3))
op("(x * 1).masked_scatter_(m, y)", x=T(2, 3), y=T(2, 3), m=Given([[True, False, True], [False, True, False]]))
