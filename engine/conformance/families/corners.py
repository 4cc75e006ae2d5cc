"""Functions of numbers in every dtype, layout and at the corners: zeros of both signs, infinities, NaN."""

from vocabulary import ALL, FLOATS, LAYOUTS, REAL, Given, T, op

CORNERS = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 30.0, "inf", "-inf", "nan"]
EDGES = Given([float(x) for x in CORNERS], dtype="float64", grad=True)

ANYWHERE = """abs angle atan asinh ceil cos cosh deg2rad digamma erf erfc exp exp2 expm1 floor isfinite isinf isnan
    isneginf isposinf isreal lgamma logical_not nan_to_num neg positive rad2deg relu round sgn sigmoid sign signbit sin
    sinc sinh square tan tanh trunc special.i1 special.erfcx i0"""
POSITIVE = "log log10 log1p log2 rsqrt sqrt reciprocal special.entr special.log_ndtr"
UNIT = "acos asin atanh erfinv frac special.ndtr"

for names, values in ((ANYWHERE, "any"), (POSITIVE, "positive"), (UNIT, "unit")):
    for name in names.split():
        op(f"torch.{name}(x)", x=T(2, 3, values=values), dtypes=REAL)
        op(f"torch.{name}(x)", x=T(2, 3, values=values), dtypes=["uint8", "int32"])
        op(f"torch.{name}(x)", x=T(2, 3, values=values), dtypes=["float32"], layouts=LAYOUTS[1:])
        op(f"torch.{name}(x)", x=EDGES)
op("torch.acosh(x + 1)", x=T(2, 3, values="positive"), of="acosh")
op("torch.logit(x, eps=0.1)", x=T(2, 3, values="positive"), of="logit")
op("torch.round(x, decimals=2)", x=T(2, 3), dtypes=REAL)
op("torch.polygamma(2, x)", x=T(3, values="positive"))
op("torch.mvlgamma(x + 2, 2)", x=T(3, values="positive"), of="mvlgamma")
op("torch.frexp(x)", x=T(2, 3), dtypes=REAL)
for name in "asinh_ acosh_ exp_ sqrt_ logit_ nan_to_num_ square_ zero_ sigmoid_".split():
    op(f"(x + 1).{name}()", x=T(2, 3, values="positive"), dtypes=REAL, of=name)

BOTH = """atan2 copysign fmax fmin maximum minimum remainder fmod floor_divide pow true_divide eq ne lt le gt ge
    logical_and logical_or logical_xor float_power xlogy"""
OF_FLOATS = "hypot logaddexp logaddexp2 nextafter heaviside ldexp igamma igammac special.xlog1py special.zeta"
OF_INTEGERS = "bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift gcd lcm"
for names, dtypes in ((BOTH, ALL), (OF_FLOATS, REAL), (OF_INTEGERS, ("int64", "int32", "uint8", "bool", "float32"))):
    for name in names.split():
        pair = {"x": T(2, 1, values="positive"), "y": T(3, values="positive")}
        op(f"torch.{name}(x, y)", dtypes=dtypes, **pair)
        op(f"torch.{name}(x, y)", dtypes=[("int64", "float32"), ("float32", "float64"), ("bool", "uint8")], **pair)
for name in "atan2 copysign fmax fmin maximum minimum remainder fmod pow hypot logaddexp xlogy add mul div".split():
    op(f"torch.{name}(x, y)", x=EDGES, y=Given([float(x) for x in CORNERS[::-1]], dtype="float64", grad=True))
for name in "remainder fmod floor_divide pow copysign xlogy eq lt clamp_min float_power bitwise_and".split():
    for number in ("2", "-2.5", "True", "0"):
        op(f"torch.{name}(x, {number})", x=T(2, 3), dtypes=REAL, of=name)
for sign in ("//", "%", "**", "-", "/", "&", "<<", "@"):
    op(f"3 {sign} x", x=T(2, 3, values="positive"), dtypes=REAL, of=f"x {sign} y")
    op(f"x {sign} None", x=T(2, 3), dtypes=["float32"], of=f"x {sign} y")

op("torch.lerp(x, y, 0.3)", x=T(2, 3), y=T(3), dtypes=REAL)
op("torch.lerp(x, y, z)", x=T(2, 3), y=T(3), z=T(2, 1), dtypes=REAL)
op("torch.addcdiv(x, y, z, value=2)", x=T(2, 3), y=T(3), z=T(2, 1, values="positive"), dtypes=REAL)
op("torch.where(x > 0, x, y)", x=T(2, 3), y=T(3), dtypes=ALL, of="where")
for limits in ("0", "max=1", "-0.5, 0.5", "None, 2", "2, -2"):
    op(f"torch.clamp(x, {limits})", x=T(2, 3, values="ties"), dtypes=REAL, of="clamp")
op("torch.clamp(x, y, z)", x=T(2, 3, values="ties"), y=T(3), z=T(2, 1), dtypes=[*FLOATS, "int64"])
