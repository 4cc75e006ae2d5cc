"""Adding, multiplying and dividing, in every dtype and layout."""

from vocabulary import ALL, FLOATS, LAYOUTS, T, op

PAIRS = [(one, other) for one in ALL for other in ALL if one != other]

for sign in ("+", "-", "*", "/"):
    op(f"x {sign} y", x=T(2, 3), y=T(2, 3, values="positive"), dtypes=ALL, layouts=LAYOUTS, of=f"x {sign} y")
    op(f"x {sign} y", x=T(2, 1), y=T(3), dtypes=PAIRS, of=f"x {sign} y")
    op(f"x {sign} 2", x=T(2, 3), dtypes=ALL, of=f"x {sign} y")
    op(f"2.5 {sign} x", x=T(2, 3), dtypes=ALL, of=f"x {sign} y")
    op(f"x {sign} y", x=T(2, 3), y=T(2), of=f"x {sign} y")
for name in ("add", "sub"):
    op(f"torch.{name}(x, y, alpha=2)", x=T(2, 3), y=T(3), dtypes=ALL, layouts=LAYOUTS)
    op(f"torch.{name}(x, y, alpha=2.5)", x=T(2, 3), y=T(3), dtypes=["float32", "int64", "bool"])
op("torch.div(x, y, rounding_mode='floor')", x=T(2, 3), y=T(3, values="positive"), dtypes=ALL)
op("torch.div(x, y, rounding_mode='trunc')", x=T(2, 3), y=T(3, values="positive"), dtypes=ALL)
op("torch.addcmul(x, y, z, value=0.5)", x=T(2, 3), y=T(3), z=T(2, 1), dtypes=[*FLOATS, "int64"], layouts=LAYOUTS)
