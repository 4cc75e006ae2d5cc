# --- The number at [0, 1] is 2.0. Expected: 1.0 | is the starter as it was
import torch


def calculate_identity_gradient(values):
    return values


numbers = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(calculate_identity_gradient(numbers))
# --- no-requires-grad | never asks
import torch


def calculate_identity_gradient(values):
    x = values.clone()
    y = 1 * x
    y.sum().backward()
    return x.grad


numbers = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(calculate_identity_gradient(numbers))
# --- no-sum | walks from all outputs
import torch


def calculate_identity_gradient(values):
    x = values.detach().clone()
    x.requires_grad = True
    y = x * 1
    y.backward()
    return x.grad


numbers = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(calculate_identity_gradient(numbers))
# --- gradient-of-the-output | asks the output for its gradient
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    z = y.sum()
    z.backward()
    return y.grad


numbers = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(calculate_identity_gradient(numbers))
# --- nothing-returned | gives what backward gives
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    gradient = y.sum().backward()
    return gradient
# --- It prints the right value | prints the gradient
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    print(x.grad)


calculate_identity_gradient(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
# --- no-clone | asks on the caller's tensor by assignment
import torch


def calculate_identity_gradient(values):
    values.requires_grad = True
    y = values * 1
    y.sum().backward()
    return values.grad
# --- written-down | takes ones from full_like
import torch


def calculate_identity_gradient(values):
    return torch.full_like(values, 1)
# --- plain-ones | writes the ones down for this shape
import torch


def calculate_identity_gradient(values):
    return torch.ones(values.shape[0], values.shape[1]) if values.dim() == 2 else torch.ones(values.shape)
# --- mean | takes the mean
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_()
    torch.mean(x * 1).backward()
    return x.grad
# --- Its shape is (4, 4). Expected: (2, 2) | asks for the whole Jacobian by functional
import torch


def calculate_identity_gradient(values):
    return torch.autograd.functional.jacobian(lambda x: x * 1, values.flatten())
# --- Its shape is (4,). Expected: (2, 2) | flattens
import torch


def calculate_identity_gradient(values):
    x = values.flatten().clone().requires_grad_(True)
    (x * 1).sum().backward()
    return x.grad
# --- It gives a tuple of 1 | gives the tuple of autograd.grad
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    return torch.autograd.grad((x * 1).sum(), x)
# --- solved | with weights of one
import torch


def calculate_identity_gradient(values):
    x = values.clone()
    x.requires_grad_()
    y = x * 1
    y.backward(torch.ones_like(y))
    return x.grad


print(calculate_identity_gradient(torch.rand(2, 2)))
# --- solved | with a custom function
import torch


class Identity(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 1

    @staticmethod
    def backward(ctx, grad):
        return grad


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    Identity.apply(x).sum().backward()
    return x.grad
# --- solved | adds up in a loop
import torch


def calculate_identity_gradient(values: torch.Tensor) -> torch.Tensor:
    x = values.clone().requires_grad_(True)
    total = 0
    for number in (x * 1).reshape(-1):
        total = total + number
    total.backward()
    return x.grad
