# --- no-weights | is the starter as it was
import torch


def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    y = f(x)
    y.sum().backward()
    return x.grad


def f(x):
    return torch.stack([x[0] * x[1], x[0] + x[1]])


values = torch.tensor([2.0, 3.0])
weights = torch.tensor([1.0, 10.0])
print(weighted_gradient(f, values, weights))
# --- no-argument | gives backward nothing, and keeps the lines that print
import torch


def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    y = f(x)
    y.backward()
    return x.grad


def f(x):
    return torch.stack([x[0] * x[1], x[0] + x[1]])


values = torch.tensor([2.0, 3.0])
weights = torch.tensor([1.0, 10.0])
print(weighted_gradient(f, values, weights))
# --- weighed-afterwards | weighs the gradient afterwards, which does not even fit
import torch


def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    y = f(x)
    y.backward(torch.ones_like(y))
    return weights * x.grad
# --- no-copy | tracks the caller's tensor
import torch


def weighted_gradient(f, values, weights):
    values.requires_grad_()
    f(values).backward(weights)
    return values.grad
# --- the-output | gives the weighted outputs
import torch


def weighted_gradient(f, values, weights):
    return f(values) * weights
# --- Its shape is (). Expected: (2,) | sums what it should not
import torch


def weighted_gradient(f, values, weights):
    return weights @ torch.autograd.functional.jacobian(f, values).sum(1)
# --- The program raises RuntimeError, on line 7 | leaves the graph behind
import torch


def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    y = f(x).detach()
    y.backward(weights)
    return x.grad
# --- The number at [0] is | weighs before the function
import torch


def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    y = f(x)
    (y.sum() * weights.sum()).backward()
    return x.grad
# --- solved | multiplies rows
import torch


def weighted_gradient(f, values, weights):
    return torch.autograd.functional.jacobian(f, values).T @ weights
# --- solved | through torch.func
import torch


def weighted_gradient(f, values, weights):
    output, pull = torch.func.vjp(f, values)
    (gradient,) = pull(weights)
    return gradient
# --- solved | adds up the weighted outputs
import torch


def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    total = sum(w * out for w, out in zip(weights, f(x)))
    total.backward()
    return x.grad
