"""torch.autograd.functional, and batches of gradients."""

from vocabulary import program


def each(setup: str, expressions: str) -> None:
    """A program for every line: the setup, then what the line gives."""
    for expression in expressions.strip().splitlines():
        program(f"{setup.strip()}\nprint({expression})")


SETUP = """
from torch.autograd.functional import *
x, y = torch.tensor([1., 2.]), torch.tensor([3., 4.])
f = {
    "square": lambda x: x * x,
    "cube": lambda x: (x ** 3).sum(),
    "linear": lambda x: x * 2,
    "constant": lambda x: torch.ones(2),
    "two": lambda x: (x * x, x.sum()),
    "list": lambda x: [x],
    "number": lambda x: 3.,
}
two = lambda x, y: (x * y).sum() + (x ** 3).sum()
"""
for name in ("square", "cube", "linear", "constant", "two", "list", "number"):
    each(SETUP, f"""
jacobian(f[{name!r}], x)
jacobian(f[{name!r}], x, create_graph=True)
jacobian(f[{name!r}], x, strict=True)
jacobian(f[{name!r}], x, strict=True, create_graph=True)
jacobian(f[{name!r}], x, vectorize=True)
jacobian(f[{name!r}], x, vectorize=True, create_graph=True)
jacobian(f[{name!r}], x, vectorize=True, strategy="forward-mode")
hessian(f[{name!r}], x)
hessian(f[{name!r}], x, create_graph=True)
hessian(f[{name!r}], x, strict=True)
hessian(f[{name!r}], x, vectorize=True)
hessian(f[{name!r}], x, vectorize=True, outer_jacobian_strategy="forward-mode")
""")
    for product in ("vjp", "jvp", "vhp", "hvp"):
        each(SETUP, f"""
{product}(f[{name!r}], x)
{product}(f[{name!r}], x, torch.ones(2))
{product}(f[{name!r}], x, torch.tensor(1.), create_graph=True)
{product}(f[{name!r}], x, torch.ones(2), strict=True)
{product}(f[{name!r}], x, torch.ones(2), strict=True, create_graph=True)
""")
each(SETUP, """
jacobian(f["square"], x, strategy="forward-mode")
jacobian(f["square"], x, vectorize=True, strict=True)
jacobian(f["square"], x, strategy="foo")
jacobian(f["square"], x, create_graph=True, strategy="forward-mode")
jacobian(f["square"], x, strict=True, strategy="forward-mode")
hessian(f["cube"], x, outer_jacobian_strategy="foo")
jacobian(two, (x, y))
jacobian(two, (x, y), vectorize=True)
hessian(two, (x, y))
hessian(two, (x, y), vectorize=True)
vjp(two, (x, y))
jvp(two, (x, y), (x, y))
vhp(two, (x, y), (x, y))
hvp(two, (x, y), (x, y))
jvp(two, (x, y), (x,))
hvp(two, (x, y), (x, y[:1]))
vhp(two, (x, 1))
jacobian(lambda z: z * z, [x])
vjp(f["square"], x, "a")
jacobian(lambda z: z * z * x, x.clone().requires_grad_(), create_graph=True)
hvp(f["cube"], x.clone().requires_grad_(), x, create_graph=True)
""")

BATCHED = """
x = torch.tensor([1., 2., 3.], requires_grad=True)
w = torch.ones(3, requires_grad=True)
g = lambda *a, **k: torch.autograd.grad(*a, is_grads_batched=True, **k)
"""
each(BATCHED, """
g(x * x, x, torch.eye(3))
g(x * x, x, torch.eye(3), create_graph=True)
g(x * x, x)
g((x * x).sum(), x, torch.ones(4))
g((x * x).sum(), x, torch.tensor(1.))
g((x * x, x + 1), x, (torch.eye(3), torch.eye(3)))
g((x * x, x + 1), x, (torch.eye(3), torch.ones(2, 3)))
g(x * x, (x, w), torch.eye(3), allow_unused=True)
g(x * x, (x, w), torch.eye(3), materialize_grads=True)
g(x * x, (x, w), torch.eye(3))
g(x.softmax(0), x, torch.eye(3))
g(x[0:1] * x, x, torch.eye(3))
g(x.sort().values, x, torch.eye(3))
g(x[torch.tensor([0, 0, 1])], x, torch.eye(3))
g(torch.nn.functional.gelu(x), x, torch.eye(3))
""")
