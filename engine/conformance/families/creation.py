"""Making tensors: shapes, dtypes, flags, seeded random numbers, and what is refused."""

from vocabulary import ALL, T, op, prints

SHAPES = ("3", "2, 3", "(2, 3)", "[2, 3]", "()", "0", "2, 0", "-1", "2.0", "'a'", "torch.Size([2])")
for shape in SHAPES:
    for name in ("ones", "zeros"):
        op(f"torch.{name}({shape})")
        op(f"torch.{name}({shape}, dtype=torch.int64)")
        op(f"torch.{name}({shape}, requires_grad=True)")
    op(f"torch.full({shape}, 2)")
    op(f"torch.empty({shape}).shape", of="empty")
    op(f"torch.rand({shape})", exact=True)
    op(f"torch.randn({shape})")
    op(f"torch.randint(10, ({shape},))", of="randint", exact=True)
for dtype in ALL:
    for value in ("0", "1", "2.5", "True", "[]", "[1, 2]", "[[1.5], [2]]", "[True, 2]", "-1", "1e10", "float('nan')"):
        op(f"torch.tensor({value}, dtype=torch.{dtype})")
    op(f"torch.arange(5, dtype=torch.{dtype})")
    op(f"torch.full((2,), 1.5, dtype=torch.{dtype})")
    op(f"torch.eye(2, 3, dtype=torch.{dtype})")
    op(f"torch.linspace(0, 3, 4, dtype=torch.{dtype})")
    op(f"torch.ones(2, dtype=torch.{dtype}, requires_grad=True)")
    op(f"torch.randint(5, (3,), dtype=torch.{dtype})", exact=True)
    op(f"torch.rand(3, dtype=torch.{dtype})", exact=True)
    op(f"torch.empty(4, dtype=torch.{dtype}).random_(5)", of="random_", exact=True)
for value in ("[1, [2]]", "[[1], [2, 3]]", "'a'", "None", "[None]", "[1, 'a']", "(1, 2)", "range(3)", "{1: 2}", "[[], []]", "[[[]]]"):
    op(f"torch.tensor({value})")
    op(f"torch.as_tensor({value})")
for arguments in ("5", "5.", "1, 5", "1, 5, 2", "0, 1, 0.25", "5, 1", "5, 1, -2", "1, 5, 0", "0", "-3", "1, float('nan')", "2, 2", "'a'", "0.1, 1, 0.3"):
    op(f"torch.arange({arguments})")
for arguments in ("0, 1, 5", "0, 1, 1", "0, 1, 0", "1, 0, 3", "0, 1, -1", "-1, 1, 3, requires_grad=True", "0, 10, 4.0"):
    op(f"torch.linspace({arguments})")
    op(f"torch.logspace({arguments})")
for arguments in ("3", "2, 3", "0", "-1", "3, dtype=torch.bool"):
    op(f"torch.eye({arguments})")
for name in ("zeros_like", "ones_like", "rand_like", "randn_like", "empty_like"):
    op(f"torch.{name}(x){'.shape' * (name == 'empty_like')}", x=T(2, 3), dtypes=ALL, layouts=("contiguous", "transposed", "stepped", "expanded"), of=name)
    op(f"torch.{name}(x, dtype=torch.float64, requires_grad=True).dtype", x=T(2, 3), of=name)
op("torch.full_like(x, 7)", x=T(2, 3), dtypes=ALL)
for call in ("x.new_tensor([1, 2])", "x.new_zeros(2)", "x.new_ones((2, 3))", "x.new_full((2,), 3)", "x.new_tensor(x)"):
    op(call, x=T(2, 3), dtypes=ALL)
for call in (
    "torch.randperm(5)",
    "torch.randperm(0)",
    "torch.randint(3, 3, (2,))",
    "torch.randint(-5, 5, (4,))",
    "torch.bernoulli(torch.full((5,), 0.3))",
    "torch.bernoulli(torch.tensor([1.5]))",
    "torch.multinomial(torch.tensor([1., 2., 3.]), 2)",
    "torch.multinomial(torch.tensor([1., 2., 3.]), 5, replacement=True)",
    "torch.multinomial(torch.tensor([1., 2., 3.]), 5)",
    "torch.empty(5).uniform_(-1, 1)",
    "torch.empty(5).uniform_(1, -1)",
    "torch.empty(20).bernoulli_(0.5)",
):
    op(call, exact=True)
for call in (
    "torch.normal(0., 1., (3,))",
    "torch.normal(torch.zeros(3), 2.)",
    "torch.normal(torch.zeros(3), torch.ones(3))",
    "torch.normal(0., -1., (3,))",
    "torch.randn(20)",
    "torch.randn(3, 4, dtype=torch.float64)",
    "torch.empty(5).normal_(1, 2)",
    "torch.empty(5).exponential_()",
    "torch.empty(5).log_normal_()",
    "torch.empty(5).cauchy_()",
    "torch.empty(5).geometric_(0.3)",
    "F.dropout(torch.ones(10), 0.5)",
    "torch.nn.Linear(3, 2).weight",
    "torch.nn.init.xavier_uniform_(torch.empty(2, 3))",
    "torch.nn.init.kaiming_normal_(torch.empty(2, 3))",
    "torch.nn.Embedding(3, 2).weight",
    "torch.nn.Conv2d(1, 2, 3).bias",
):
    op(call, of=call.partition("(")[0].removeprefix("torch."))
for dtype in ALL:
    prints(f"torch.tensor([1, 0, 1]).to(torch.{dtype})")
    prints(f"torch.zeros(0, dtype=torch.{dtype})")
