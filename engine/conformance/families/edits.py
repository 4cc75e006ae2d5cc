"""The three examples with what a reader changes in them: the input, a line, two lines, and a line gone."""

from vocabulary import program

IDENTITY = """
def calculate_identity_gradient(t):
    x = t.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad


print(calculate_identity_gradient(torch.tensor([[1.0, 2.0], [3.0, 4.0]])))
"""
SAME_TENSOR = """
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
y = x ** 2
loss = y.sum()
loss.backward()
print(x.grad)
print(y)
print(x.grad_fn, y.grad_fn, loss)
"""
JACOBIAN = """
def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * x
    rows = []
    for one_hot in torch.eye(y.numel()):
        weights = one_hot.reshape(y.shape)
        y.backward(weights, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)


print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
"""
INPUTS = """torch.tensor(3.)|torch.tensor([])|torch.tensor([1, 2])|torch.ones(2, 3)|torch.arange(4.)|[1., 2.]|1.0|None
torch.zeros(2, 2)|torch.rand(2)|torch.tensor([1.0], dtype=torch.float64)|torch.tensor([True])|torch.eye(2)[0]
torch.tensor([float("nan"), 1.0])|torch.tensor([1.0, 2.0], requires_grad=True)""".replace("\n", "|").split("|")
FUNCTIONS = """x + x|x * x|x / x|x - x|x ** 3|x ** 0.5|2 ** x|-x|x * 1.0|x + 0|x @ x|x.T|x.sin()|x.exp()|x.relu()|x.abs()|x.clone()|x.view(-1)
x.sum()|x.mean()|x.max()|x.norm()|x.detach()|x.detach() * x|x.data * x|x.item() * x|x[0]|x.reshape(-1)[0] * x|x > 0|(x > 0) * x|x.int()|x.double()
torch.stack([x, x])|torch.cat([x, x])|torch.softmax(x, -1)|torch.where(x > 1, x, -x)|x.cumsum(-1)|x.prod()|x.argmax()|x.round()|x.floor()|x // 1
x % 2|torch.ones_like(x)|x.grad|x.expand(2, *x.shape)|x.flip(0)|x.sort().values|torch.tensor(x)|x.numpy()|x.tolist()|x += 1|x.add_(1)|x.mul(x.detach())
torch.nn.functional.relu(x)|torch.nn.functional.mse_loss(x, x * 0)|sum(x)|max(x)|float(x.sum()) * x|x.requires_grad""".replace("\n", "|").split("|")
BACKWARDS = """y.backward()|y.mean().backward()|y.sum().backward(retain_graph=True)|y.backward(torch.ones_like(y))|y.backward(torch.ones(3))|y.backward(1.0)
y.sum().backward(); y.sum().backward()|y.sum().backward(); y.mean().backward()|y.backward(x)|x.backward()|x.sum().backward()|y[0].sum().backward()
y.sum().backward(create_graph=True)|y.sum().backward(gradient=torch.tensor(2.0))|y.sum().backward(inputs=[x])|torch.autograd.backward(y.sum())
x.grad = torch.autograd.grad(y.sum(), x)[0]|x.grad = torch.autograd.grad(y, x, torch.ones_like(y))[0]|torch.autograd.grad(y.sum(), y)
y.retain_grad(); y.sum().backward(); print(y.grad)|y.sum().backward(); print(y.grad)|y.register_hook(print); y.sum().backward()
x.register_hook(lambda g: g * 2); y.sum().backward()|y.sum().item().backward()|y.detach().sum().backward()|pass""".replace("\n", "|").split("|")
LEAVES = """t.clone().requires_grad_(True)|t.clone()|t.requires_grad_(True)|t|t.detach().requires_grad_()|t * 1|t.clone().requires_grad_(False)
torch.tensor(t, requires_grad=True)|torch.nn.Parameter(t)|t.clone().requires_grad_(True).double()|t.clone().requires_grad_(True) * 1
t.data.requires_grad_()|t.new_tensor(t, requires_grad=True)|torch.zeros_like(t, requires_grad=True)""".replace("\n", "|").split("|")


def changed(example: str, old: str, new: str) -> None:
    """Ask for the example with one place changed."""
    if old not in example:
        raise ValueError(old)
    program(example.replace(old, new, 1))


for given in INPUTS:
    changed(IDENTITY, "torch.tensor([[1.0, 2.0], [3.0, 4.0]])", given)
    changed(JACOBIAN, "torch.tensor([1.0, 2.0])", given)
    changed(SAME_TENSOR, "torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)", given)
for function in FUNCTIONS:
    changed(IDENTITY, "x * 1", function)
    changed(SAME_TENSOR, "x ** 2", function)
    changed(JACOBIAN, "x * x", function)
for backward in BACKWARDS:
    changed(IDENTITY, "y.sum().backward()", backward)
    changed(SAME_TENSOR, "loss.backward()", backward)
for leaf in LEAVES:
    changed(IDENTITY, "t.clone().requires_grad_(True)", leaf)
    changed(JACOBIAN, "values.clone().requires_grad_(True)", leaf.replace("(t", "(values").replace("t.", "values.", 1) if leaf != "t" else "values")
for example in (IDENTITY, SAME_TENSOR, JACOBIAN):
    lines = example.strip().split("\n")
    for place, line in enumerate(lines):
        if line.strip() and not line.startswith("def"):
            program("\n".join([*lines[:place], *lines[place + 1 :]]))  # a line gone
            program("\n".join([*lines[:place], line, *lines[place:]]))  # a line twice
    for mode in ("torch.no_grad()", "torch.inference_mode()", "torch.set_grad_enabled(False)", "torch.enable_grad()"):
        program("\n".join([f"with {mode}:", *(f"    {line}" for line in lines)]))
for weights in ("one_hot", "torch.ones_like(y)", "one_hot.reshape(y.shape) * 2", "torch.eye(2)", "y", "None", "one_hot[0]", "one_hot.tolist()"):
    changed(JACOBIAN, "one_hot.reshape(y.shape)", weights)
for row in ("x.grad", "x.grad.detach()", "x.grad.tolist()", "x.grad[0]", "y.grad", "x.grad.clone().view(-1)", "weights", "(x.grad.clone(),)"):
    changed(JACOBIAN, "x.grad.clone()", row)
for reset in ("x.grad = None", "x.grad *= 0", "x.grad.zero", "x.zero_()", "x.grad = torch.zeros_like(x)", "x.grad.fill_(0)", "x.grad.data.zero_()", "del x.grad", "x = x.detach()", "y = x * x"):
    changed(JACOBIAN, "x.grad.zero_()", reset)
for backward in ("y.backward(weights)", "y.backward(weights, create_graph=True)", "y.backward(weights, True)", "y.sum().backward(retain_graph=True)", "(y * weights).sum().backward()", "(y * weights).sum().backward(retain_graph=True)", "x.grad = torch.autograd.grad(y, x, weights, retain_graph=True)[0]"):
    changed(JACOBIAN, "y.backward(weights, retain_graph=True)", backward)
for rows in ("torch.cat(rows)", "torch.vstack(rows)", "rows", "torch.tensor(rows)", "torch.stack(rows).T", "torch.stack(rows, 1)", "torch.stack(rows).reshape(2, 2)", "sum(rows)"):
    changed(JACOBIAN, "torch.stack(rows)", rows)
