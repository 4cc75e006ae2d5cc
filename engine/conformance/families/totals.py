"""Sums, means, spreads, extremes and running totals, with ties, zeros, NaN and nothing at all."""

from vocabulary import ALL, FLOATS, LAYOUTS, REAL, Given, T, op

WHOLE = "sum mean prod std var std_mean var_mean max min amax amin aminmax argmax argmin all any median nanmedian nansum nanmean"
for name in WHOLE.split():
    op(f"torch.{name}(x)", x=T(2, 3), dtypes=ALL)
    op(f"torch.{name}(x)", x=T(2, 3, values="ties"), dtypes=["float32"], layouts=LAYOUTS)
ALONG = """sum mean prod std var std_mean var_mean max min amax amin argmax argmin all any median nanmedian nansum nanmean
    logsumexp cumsum cumprod cummax cummin logcumsumexp mode softmax log_softmax count_nonzero"""
for name in ALONG.split():
    op(f"torch.{name}(x, 1)", x=T(2, 3), dtypes=REAL)
    op(f"torch.{name}(x, -2)", x=T(2, 3, values="ties"), dtypes=["float32"], layouts=LAYOUTS)
    op(f"torch.{name}(x, 2)", x=T(2, 3), dtypes=["float32"])
    op(f"torch.{name}(x, 'a')", x=T(2, 3), dtypes=["float32"])
for name in "sum mean std var amax amin logsumexp all any nansum".split():
    op(f"torch.{name}(x, (0, 2))", x=T(2, 3, 2))
    op(f"torch.{name}(x, dim=(2, 0), keepdim=True)", x=T(2, 3, 2), layouts=("transposed",))
    op(f"torch.{name}(x, (0, 0))", x=T(2, 3), dtypes=["float32"])
for name in "max min median argmax std prod".split():
    op(f"torch.{name}(x, dim=0, keepdim=True)", x=T(2, 3), dtypes=REAL)
for name in "sum prod cumsum cumprod mean".split():
    dim = ", 0" if name.startswith("cum") else ""
    for dtype in ("torch.float64", "torch.int32"):
        op(f"torch.{name}(x{dim}, dtype={dtype})", x=T(2, 3), dtypes=["float32", "int64", "bool"], of=name)

ZEROS = [[2.0, 0.0, 3.0], [0.0, 4.0, 0.0]]
for call in ("prod(x)", "prod(x, 0)", "prod(x, 1)", "cumprod(x, 1)"):
    op(f"torch.{call}", x=Given(ZEROS, dtype="float64", grad=True), of=call.partition("(")[0])
NANS = [[float("nan"), 1.0, 2.0], [3.0, float("nan"), float("inf")]]
for call in "sum max amin argmax nansum nanmean(x,1) cummax(x,1) median nanmedian(x,1) logsumexp(x,1) std".split():
    name, _, rest = call.partition("(")
    op(f"torch.{name}({rest or 'x)'}", x=Given(NANS, dtype="float64", grad=True), of=name)
for options in ("0.25", "0.5, 1", "0.3, 0, True", "0.5, interpolation='nearest'", "2.", "[0.5]"):
    op(f"torch.quantile(x, {options})", x=T(2, 3), of="quantile")
op("torch.quantile(x, q, dim=1)", x=T(2, 3), q=Given([0.1, 0.9], dtype="float64"), dtypes=["float64"])
for options in ("unbiased=False", "correction=0", "1, correction=2", "True", "0, True, True", "correction=0.5"):
    op(f"torch.std(x, {options})", x=T(2, 3), of="std")
op("torch.var(x)", x=T(1), of="var")
op("torch.cov(x)", x=T(2, 3))
op("torch.corrcoef(x)", x=T(2, 3), dtypes=["float64"])
for call in ("trapezoid(x)", "trapezoid(x, dx=2)", "cumulative_trapezoid(x)"):
    op(f"torch.{call}", x=T(2, 3), dtypes=REAL, of=call.partition("(")[0])
op("x.sum_to_size(1, 3)", x=T(2, 3))
op("torch.dist(x, y, 3)", x=T(2, 3), y=T(3), dtypes=FLOATS)
