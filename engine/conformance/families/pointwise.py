"""Functions of each element, in every dtype and layout, at kinks and beyond their domains."""

from vocabulary import ALL, FLOATS, LAYOUTS, Given, T, op

EVERYWHERE = """abs neg sign sgn exp exp2 expm1 sin cos tan sinh cosh tanh atan asinh sigmoid erf erfc square floor ceil
round trunc frac relu positive deg2rad rad2deg sinc nan_to_num isnan isinf isfinite isposinf isneginf signbit logical_not
i0""".split()
POSITIVE = "log log2 log10 log1p sqrt rsqrt reciprocal lgamma digamma".split()
UNIT = "asin acos atanh erfinv".split()
CORNERS = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, float("inf"), float("-inf"), float("nan"), 100.0, -100.0]

for name in EVERYWHERE:
    op(f"torch.{name}(x)", x=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
for name in POSITIVE:
    op(f"torch.{name}(x)", x=T(2, 3, values="positive"), dtypes=ALL, layouts=LAYOUTS)
for name in UNIT:
    op(f"torch.{name}(x)", x=T(2, 3, values="unit"), dtypes=ALL, layouts=LAYOUTS)
for name in EVERYWHERE + POSITIVE + UNIT:
    op(f"torch.{name}(x)", x=Given(CORNERS, "float64", grad=True))
    op(f"torch.{name}(x, x)", x=T(2))
    op(f"torch.{name}('a')")
for name in "abs neg exp sin cos tanh sigmoid square floor round relu zero".split():
    op(f"(x * 1).{name}_()", x=T(2, 3), of=f"{name}_")
    op(f"x.{name}_()", x=T(2, 3), dtypes=ALL, of=f"{name}_")
for call in (
    "torch.clamp(x, -1, 1)",
    "torch.clamp(x, min=0)",
    "torch.clamp(x, max=0.5)",
    "torch.clamp(x, 1, -1)",
    "torch.clamp(x)",
    "torch.round(x, decimals=1)",
    "torch.logit(x, eps=0.2)",
    "torch.nan_to_num(x, 1.0, 2.0, -2.0)",
    "torch.special.expit(x)",
    "torch.polygamma(1, x)",
    "torch.float_power(x, 2)",
    "torch.pow(x, 2)",
    "torch.pow(x, 3)",
    "torch.pow(x, 0)",
    "torch.pow(x, 0.5)",
    "torch.pow(x, -1)",
    "torch.pow(2, x)",
    "x ** 2",
    "2 ** x",
):
    op(call, x=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
for name in "pow atan2 hypot maximum minimum fmax fmin remainder fmod floor_divide logaddexp copysign xlogy heaviside".split():
    op(f"torch.{name}(x, y)", x=T(2, 3), y=T(3, values="positive"), dtypes=ALL, layouts=LAYOUTS)
    op(f"torch.{name}(x, y)", x=T(3, 1, values="ties"), y=T(3, values="ties"))
    op(f"torch.{name}(x, y)", x=T(2, 3), y=T(2))
for name in "eq ne lt le gt ge logical_and logical_or logical_xor isclose".split():
    op(f"torch.{name}(x, y)", x=T(3, 1, values="ties"), y=T(3, values="ties"), dtypes=ALL)
for sign in "== != < <= > >= % //".split():
    op(f"x {sign} 2", x=T(2, 3), dtypes=ALL, of=f"x {sign} y")
for sign in "& | ^ << >>".split():
    op(f"x {sign} y", x=T(2, 3, values="positive"), y=T(3, values="positive"), dtypes=ALL, of=f"x {sign} y")
op("~x", x=T(2, 3), dtypes=ALL, of="~x")
op("torch.lerp(x, y, 0.25)", x=T(2, 3), y=T(3), dtypes=ALL, layouts=LAYOUTS)
op("torch.lerp(x, y, z)", x=T(2, 3), y=T(3), z=T(2, 1), layouts=LAYOUTS)
op("torch.addcdiv(x, y, z, value=2)", x=T(2, 3), y=T(3), z=T(2, 1, values="positive"), dtypes=[*FLOATS, "int64"])
op("torch.where(x > 0, x, y)", x=T(2, 3), y=T(3), dtypes=ALL, layouts=LAYOUTS)
op("torch.where(x > 0, x, 0)", x=T(2, 3), dtypes=ALL)
op("torch.where(x > 0, 1, 2.5)", x=T(2, 3))
