"""Sums, means, extremes and their places, over all or some dimensions."""

from vocabulary import ALL, FLOATS, LAYOUTS, T, op

for name in "sum prod mean".split():
    for arguments in ("x", "x, 0", "x, -1, True", "x, 5", "x, dtype=torch.float64"):
        op(f"torch.{name}({arguments})", x=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
for name in "sum mean amax amin logsumexp var std".split():
    for dims in ("(0, 1)", "()", "(0, 0)", "(0, -1)", "None", "[1]"):
        op(f"torch.{name}(x, dim={dims}, keepdim=True)", x=T(2, 3, 2), dtypes=[*FLOATS, "int64"])
for name in "max min argmax argmin all any median amax amin count_nonzero nansum".split():
    op(f"torch.{name}(x)", x=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
    op(f"torch.{name}(x)", x=T(2, 3, values="ties"))
for name in "max min argmax argmin all any median mode amax amin sort argsort cummax cummin".split():
    for arguments in ("x, 0", "x, -1", "x, dim=1", "x, 2"):
        op(f"torch.{name}({arguments})", x=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
    op(f"torch.{name}(x, 1)", x=T(3, 4, values="ties"))
for name in "cumsum cumprod logcumsumexp".split():
    op(f"torch.{name}(x, 0)", x=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
    op(f"torch.{name}(x, -1)", x=T(2, 3, values="ties"))
for name in "var std var_mean std_mean".split():
    for arguments in ("x", "x, 0", "x, unbiased=False", "x, 1, keepdim=True", "x, dim=0, correction=0", "x, correction=7"):
        op(f"torch.{name}({arguments})", x=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
for name in "softmax log_softmax".split():
    op(f"torch.{name}(x, 0)", x=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
    op(f"F.{name}(x, dim=-1)", x=T(2, 3), dtypes=[*FLOATS, "int64"])
for arguments in ("x", "x, 1", "x, float('inf')", "x, 3", "x, 2, dim=0", "x, dim=(0, 1), keepdim=True", "x, 0", "x, 'fro'"):
    op(f"torch.norm({arguments})", x=T(2, 3), layouts=LAYOUTS)
for arguments in ("x", "x, 1", "x, float('inf')", "x, -1", "x, 0", "x, 2.5", "x, dim=0"):
    op(f"torch.linalg.vector_norm({arguments})", x=T(2, 3), layouts=LAYOUTS)
op("torch.topk(x, 2)", x=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
op("torch.topk(x, 1, 0, largest=False)", x=T(2, 3), dtypes=ALL)
op("torch.topk(x, 4)", x=T(2, 3))
op("torch.kthvalue(x, 2)", x=T(2, 3), dtypes=ALL)
op("torch.sort(x, descending=True, stable=True)", x=T(3, 4, values="ties"))
op("torch.unique(x)", x=T(3, 4, values="ties"), dtypes=ALL)
op("torch.unique(x, return_inverse=True, return_counts=True)", x=T(3, 4, values="ties", grad=False), dtypes=ALL)
op("torch.nonzero(x)", x=T(3, 4, values="ties"), dtypes=ALL, layouts=LAYOUTS)
op("torch.aminmax(x)", x=T(2, 3), dtypes=ALL)
op("torch.diff(x)", x=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
op("torch.quantile(x, 0.4, dim=1)", x=T(2, 3))
op("torch.trapezoid(x)", x=T(2, 3))
op("torch.histc(x, 4, -3, 3)", x=T(2, 3))
