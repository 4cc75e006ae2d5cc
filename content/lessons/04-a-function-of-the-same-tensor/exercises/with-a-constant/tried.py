# --- The number at [0] is 1.0. Expected: 30.0 | is the starter as it was
import torch


def calculate_gradient(values, scale):
    return values


numbers, scale = torch.tensor([1.0, 2.0]), torch.tensor([3.0, -1.0])
print(calculate_gradient(numbers, scale))
# --- scale-collects | leaves the scale in the graph
import torch


def calculate_gradient(values, scale):
    x = values.clone().requires_grad_(True)
    y = (scale * x + 2).square()
    y.sum().backward()
    return x.grad
# --- two-outside | squares too early
import torch


def calculate_gradient(values, scale):
    x = values.clone().requires_grad_(True)
    y = (scale.detach() * x) ** 2 + 2
    y.sum().backward()
    return x.grad


numbers, scale = torch.tensor([1.0, 2.0]), torch.tensor([3.0, -1.0])
print(calculate_gradient(numbers, scale))
# --- no-square | forgets the square
import torch


def calculate_gradient(values, scale):
    x = values.clone().requires_grad_(True)
    (scale.detach() * x + 2).sum().backward()
    return x.grad
# --- by-hand | by hand
import torch


def calculate_gradient(values, scale):
    with torch.no_grad():
        return 2 * scale * (scale * values + 2)
# --- no-copy | tracks the caller's tensor
import torch


def calculate_gradient(values, scale):
    values.requires_grad_(True)
    y = (scale.detach() * values + 2) ** 2
    y.sum().backward()
    return values.grad
# --- The input required grad before the call, and no longer does afterwards. | switches the scale off
import torch


def calculate_gradient(values, scale):
    x = values.clone().requires_grad_(True)
    scale.requires_grad_(False)
    y = (scale * x + 2) ** 2
    y.sum().backward()
    return x.grad
# --- scale-collects | sweeps up after itself
import torch


def calculate_gradient(values, scale):
    x = values.clone().requires_grad_(True)
    y = (scale * x + 2) ** 2
    y.sum().backward()
    return x.grad
# --- The program raises RuntimeError, on line 8 | forgets the sum
import torch


def calculate_gradient(values, scale):
    x = values.clone().requires_grad_(True)
    factor = scale.detach()
    y = (factor * x + 2) ** 2
    y.backward()
    return x.grad
# --- The program raises AttributeError, on line 6 | mistypes detach
import torch


def calculate_gradient(values, scale):
    x = values.clone().requires_grad_(True)
    y = (scale.detatch() * x + 2) ** 2
    y.sum().backward()
    return x.grad
# --- solved | asks only for these inputs
import torch


def calculate_gradient(values, scale):
    x = values.clone().requires_grad_(True)
    y = (scale * x + 2) ** 2
    return torch.autograd.grad(y, x, torch.ones_like(y))[0]
# --- solved | makes the factor under no_grad
import torch


def calculate_gradient(values, scale):
    with torch.no_grad():
        factor = scale * 1
    x = values.clone().requires_grad_(True)
    y = torch.pow(factor * x + 2, 2)
    y.sum().backward()
    return x.grad
# --- solved | with data and keywords
import torch


def calculate_gradient(*, values=None, scale=None):
    pass


def calculate_gradient(values, scale):
    x = torch.empty_like(values).copy_(values).requires_grad_(True)
    ((scale.data * x + 2) ** 2).sum().backward(retain_graph=True)
    return x.grad
