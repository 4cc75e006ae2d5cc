# --- wrapped-the-numbers | wraps the numbers again, and keeps the line that prints
import torch


def slopes(numbers):
    x = torch.tensor(numbers)
    tracked = torch.tensor(x, requires_grad=True)
    loss = (tracked * tracked).sum()
    loss.backward()
    return x.grad


print(slopes([1.0, 2.0]))
# --- wrapped-the-loss | wraps the loss, and keeps the line that prints
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    loss = torch.tensor((x * x).sum())
    loss.backward()
    return x.grad


print(slopes([1.0, 2.0]))
# --- asked-too-late | asks for the record on the last line before the walk, and keeps the line that prints
import torch


def slopes(numbers):
    x = torch.tensor(numbers)
    loss = (x * x).sum()
    x.requires_grad = True
    loss.backward()
    return x.grad


print(slopes([1.0, 2.0]))
# --- asked-too-late | is the starter as it was
import torch


def slopes(numbers):
    x = torch.tensor(numbers)
    loss = (x * x).sum()
    loss.backward()
    return x.grad


print(slopes([1.0, 2.0]))
# --- no-sum | leaves out the sum, and keeps the line that prints
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    loss = x ** 2
    loss.backward()
    return x.grad


print(slopes([1.0, 2.0]))
# --- asks-the-loss | gives what backward gives
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    return (x * x).sum().backward()
# --- It prints the right value | prints instead of giving back
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    (x * x).sum().backward()
    print(x.grad)
# --- It gives a list of 2 | gives a list
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    (x * x).sum().backward()
    return x.grad.tolist()
# --- The program has no slopes | calls the function by another name
import torch


def slope(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    (x * x).sum().backward()
    return x.grad
# --- The numbers are right, but they are torch.float64 | computes in double precision
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True, dtype=torch.double)
    (x * x).sum().backward()
    return x.grad
# --- The program raises TypeError, on line 5 | misspells the argument
import torch


def slopes(numbers):
    x = torch.tensor(numbers, require_grad=True)
    loss = (x * x).sum()
    loss.backward()
    return x.grad
# --- solved | writes the power as a power
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    torch.sum(x.pow(2)).backward()
    return x.grad


print(slopes([1.0, 2.0]))
# --- solved | asks functional
import torch
from torch.func import grad


def slopes(numbers):
    return grad(lambda x: (x * x).sum())(torch.tensor(numbers))
# --- solved | is a lambda
import torch

square_sum = lambda x: (x * x).sum()
slopes = lambda numbers: torch.autograd.functional.jacobian(square_sum, torch.tensor(numbers))
# --- solved | gives the tensor tracked
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    (gradient,) = torch.autograd.grad((x * x).sum(), x, create_graph=True)
    return gradient
