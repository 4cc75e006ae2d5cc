"""What creation, out= and in-place changes give, and what they refuse, by its text."""

from vocabulary import ALL, program

DTYPES = " ".join(ALL)


def tried(*calls: str, setup: str = "") -> None:
    """Ask what each of these gives, or why it doesn't."""
    lines = "\n".join(f"    lambda: {call}," for call in calls)
    program(
        f"{setup}\n"
        f"for call in (\n{lines}\n):\n"
        "    try:\n"
        "        made = call()\n"
        "        print(made, getattr(made, 'dtype', None), made.stride() if hasattr(made, 'stride') else '')\n"
        "    except Exception as error:\n"
        "        print(type(error).__name__, error)\n",
        name=" | ".join(calls[:2]),
    )


for made in ("arange(0, 5, 2", "arange(1.5, 6", "linspace(0, 10, 4", "logspace(0, 3, 4, base=2", "full((2,), True",
             "full((2,), 300", "full((2,), 1.7", "eye(2, 3", "ones(2", "zeros((2, 1)"):
    program(
        f"for name in '{DTYPES}'.split():\n"
        "    try:\n"
        f"        print(torch.{made}, dtype=getattr(torch, name)))\n"
        "    except Exception as error:\n"
        "        print(type(error).__name__, error)\n",
        name=f"torch.{made}, dtype=...)",
    )
tried("torch.arange(3)", "torch.arange(3.)", "torch.arange(1, 2, 0.25)", "torch.arange(5, 0)", "torch.arange(0, 1, 0)",
      "torch.arange()", "torch.arange('a')", "torch.arange(float('nan'))", "torch.arange(0, 5, 0.5, dtype=torch.int64)")
tried("torch.zeros(-1)", "torch.ones(2, -1)", "torch.zeros(2.)", "torch.zeros()", "torch.zeros(2, foo=1)", "torch.eye(-1)",
      "torch.full(2, 1.)", "torch.full((2,), 'a')", "torch.zeros(2, dtype=torch.int64, requires_grad=True)")
tried("torch.zeros_like(x.t())", "torch.full_like(x, 2)", "torch.ones_like(x[:, :1].expand(2, 3))", "x.new_full((2,), 3)",
      "torch.zeros_like(3)", "torch.tril_indices(3, 2)", "torch.triu_indices(2, 3, 1)", setup="x = torch.ones(2, 3)")
tried("torch.hann_window(4)", "torch.hamming_window(4, periodic=False)", "torch.bartlett_window(5)", "torch.kaiser_window(4)")

# Into a tensor that is there.
tried("torch.add(x, 1, out=torch.zeros(2, 2))", "torch.exp(x, out=torch.empty(0))", "torch.exp(x.t(), out=torch.empty(5))",
      "torch.sum(x, 0, out=torch.empty(0, dtype=torch.int64))", "torch.exp(x, out=1)", "torch.exp(x, out=(x,))",
      "torch.isnan(x, out=x)", "torch.max(x, 0, out=(torch.empty(0), torch.empty(0, dtype=torch.int64)))",
      "torch.max(x, 0, out=x)", setup="x = torch.arange(6.).reshape(2, 3)")
program("""
x, i = torch.tensor([1.5, 2.5]), torch.tensor([1, 2])
for call in ("add(x, x", "exp(i", "mean(x", "amax(x, 0", "argmax(x", "any(x", "cumsum(x, 0", "eq(x, x", "neg(x", "clamp(x, 1",
             "floor_divide(x, x", "logsumexp(x, 0", "std(x, 0", "maximum(x, x", "signbit(x", "cat([x, x]"):
    for dtype in (torch.float64, torch.float32, torch.int64, torch.bool):
        try:
            print(call, eval(f"torch.{call}, out=torch.empty(0, dtype=dtype))"))
        except Exception as error:
            print(call, type(error).__name__, error)
""", name="out= of every dtype")
tried("torch.exp(w, out=torch.empty(2))", "torch.exp(torch.ones(2), out=w)", "torch.zeros(2, out=w)",
      setup="w = torch.ones(2, requires_grad=True)")

# In place.
tried("x[1:].add_(x[:-1])", "x.expand(2, 5).add_(1)", "x.add_(x)", "y.add_(y.t())", "torch.add(x[1:], 1, out=x[:-1])",
      "x.add_(torch.ones(2, 5))", "i.add_(1.5)", "i.div_(2)", "i.mul_(2.0)", "b.add_(1)", "i.pow_(-1)", "i.fill_(2**40)",
      "u.fill_(300)", "u.add_(1000)", setup="x, y, i = torch.arange(5.), torch.eye(2), torch.tensor([1, 2])\n"
      "b, u = i > 1, i.to(torch.uint8)")

# What is no number.
tried(*(f"x {sign} {other}" for sign in ("+", "-", "*", "/", "//", "%", "**", "@", "==", "<")
        for other in ("None", "'a'", "[1, 2]", "(1,)", "2**70")), setup="x = torch.tensor([1., 2.])")
tried(*(f"{other} {sign} x" for sign in ("+", "-", "/", "//", "%", "**", "<") for other in ("None", "'a'", "[1, 2]", "True")),
      setup="x = torch.tensor([1., 2.])")
tried("torch.add(x)", "torch.add(x, 1, 2)", "torch.add(x, 'a')", "torch.add(1, x)", "torch.mul(2, 3)", "torch.exp()",
      "torch.exp(1.)", "torch.exp(x, 1)", "x.exp(1)", "torch.clamp(x)", "torch.add(x, x, alpha=1.5)", "torch.pow(x, None)",
      "torch.sum(x, foo=1)", "x.sum(0, 1, 2)", "torch.max(x, 0, 1, 2)", "torch.div(x, x, rounding_mode='a')",
      "torch.remainder(x, 0)", "torch.bitwise_and(x, 1.5)", "torch.lerp(x, x.float(), 0.5)",
      setup="x = torch.tensor([1, 2])")
