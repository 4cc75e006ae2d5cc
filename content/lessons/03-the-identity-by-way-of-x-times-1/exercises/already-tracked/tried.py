# --- as-it-was | is the starter as it was
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad


weights = torch.tensor([1.0, 2.0], requires_grad=True)
print(calculate_identity_gradient(weights))
print(weights.grad)
# --- detached-too-late | detaches last
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True).detach()
    y = x * 1
    y.sum().backward()
    return x.grad


weights = torch.tensor([1.0, 2.0], requires_grad=True)
print(calculate_identity_gradient(weights))
print(weights.grad)
# --- retain-grad | keeps the gradient in passing
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    x.retain_grad()
    y.sum().backward()
    return x.grad


weights = torch.tensor([1.0, 2.0], requires_grad=True)
print(calculate_identity_gradient(weights))
print(weights.grad)
# --- detached-too-late | makes everything under no_grad
import torch


def calculate_identity_gradient(values):
    with torch.no_grad():
        x = values.clone().requires_grad_(True)
        y = x * 1
    y.sum().backward()
    return x.grad
# --- the-callers-gradient | gives the caller's gradient
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    (x * 1).sum().backward()
    return values.grad


weights = torch.tensor([1.0, 2.0], requires_grad=True)
print(calculate_identity_gradient(weights))
# --- The program raises RuntimeError, on line 5 | detaches without a copy, in place
import torch


def calculate_identity_gradient(values):
    x = values.detach_().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return y.grad.clone()
# --- It gives None | sets grad to None and reads it afterwards
import torch


def calculate_identity_gradient(values):
    x = values.detach().clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    x.grad = None
    return x.grad
# --- solved | by torch.tensor of a list
import torch


def calculate_identity_gradient(values):
    x = torch.tensor(values.tolist(), dtype=values.dtype, requires_grad=True)
    y = x * 1
    y.sum().backward()
    return x.grad
# --- solved | by a parameter of the data
import torch


def calculate_identity_gradient(values):
    x = torch.nn.Parameter(values.data.clone())
    y = x * 1
    y.sum().backward()
    return x.grad
# --- solved | detached, without a copy
import torch


def calculate_identity_gradient(values):
    x = values.detach().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad


weights = torch.tensor([1.0, 2.0], requires_grad=True)
print(calculate_identity_gradient(weights))
print(weights.grad)
