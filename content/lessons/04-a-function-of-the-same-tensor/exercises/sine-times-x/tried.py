# --- as-it-was | is the starter as it was
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x**2  # not this one
    y.sum().backward()
    return x.grad


numbers = torch.tensor([1.0, 2.0, 3.0])
print(calculate_gradient_wrt_function(numbers))
# --- The program raises ValueError, on line 8 | takes the sine of math
import math

import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = math.sin(x) * x
    y.sum().backward()
    return x.grad
# --- untracked-sine | takes the sine of the numbers
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = values.sin() * x
    y.sum().backward()
    return x.grad


numbers = torch.tensor([1.0, 2.0, 3.0])
print(calculate_gradient_wrt_function(numbers))
# --- untracked-sine | detaches the sine
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = torch.sin(x).detach() * x
    y.sum().backward()
    return x.grad
# --- sine-of-the-square | mixes up the parentheses
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = torch.sin(x**2)
    y.sum().backward()
    return x.grad
# --- chain-for-product | writes the cosine
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x.cos() * x
    y.sum().backward()
    return x.grad
# --- one-term-by-hand | differentiates one term by hand
import torch


def calculate_gradient_wrt_function(values):
    return values * torch.cos(values)
# --- The program raises NameError, on line 6 | forgets where the sine lives
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = sin(x) * x
    y.sum().backward()
    return x.grad
# --- solved | multiplies the method, with weights of one
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x.sin().mul(x)
    y.backward(torch.ones(y.shape))
    return x.grad
# --- solved | asks for both factors apart and adds
import torch


def calculate_gradient_wrt_function(values):
    a = values.clone().requires_grad_(True)
    b = values.clone().requires_grad_(True)
    (a.sin() * b).sum().backward()
    return a.grad + b.grad
# --- solved | asks by functional
import torch


def calculate_gradient_wrt_function(values):
    return torch.autograd.functional.vjp(lambda x: (x.sin() * x).sum(), values)[1]
