# --- still-whole | is the starter as it was
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    x.prod().backward()
    return x.grad


print(slopes([2, 3, 4]))
# --- the-other-tensor | converts into a second tensor and keeps the line that prints
import torch


def slopes(numbers):
    x = torch.tensor(numbers)
    y = x.to(torch.float32)
    y.requires_grad = True
    torch.prod(y).backward()
    return x.grad


print(slopes([2, 3, 4]))
# --- nobody-tracks | converts each number and forgets the record
import torch


def slopes(numbers):
    x = torch.tensor([float(n) for n in numbers])
    x.prod().backward()
    return x.grad


print(slopes([2, 3, 4]))
# --- not-the-first-tensor | tracks, and converts afterwards in one line
import torch


def slopes(numbers):
    x = torch.tensor(numbers, dtype=torch.double, requires_grad=True).float()
    x.prod().backward()
    return x.grad


print(slopes([2, 3, 4]))
# --- double-precision | says float, which is double in numpy's sense
import torch


def slopes(numbers):
    x = torch.tensor(numbers, dtype=torch.double, requires_grad=True)
    x.prod().backward()
    return x.grad
# --- as-whole-numbers | gives whole numbers back
import torch


def slopes(numbers):
    x = torch.tensor(numbers).float().requires_grad_()
    x.prod().backward()
    return x.grad.to(torch.int64)
# --- The number at [0] is 24.0 | gives the product in place of the slopes
import torch


def slopes(numbers):
    x = torch.tensor(numbers, dtype=torch.float32)
    return x.prod().expand(len(numbers)).clone()
# --- The program raises ModuleNotFoundError, on line 1, while it starts | uses numpy
import numpy as np
import torch


def slopes(numbers):
    x = torch.tensor(np.array(numbers, dtype=np.float32), requires_grad=True)
    x.prod().backward()
    return x.grad
# --- It gives a list of 3 | gives a list of the slopes
import torch


def slopes(numbers):
    x = torch.tensor(numbers, dtype=torch.float32, requires_grad=True)
    x.prod().backward()
    return [g.item() for g in x.grad]
# --- solved | computes by hand, which this exercise cannot see
import torch


def slopes(numbers):
    x = torch.tensor(numbers, dtype=torch.float32)
    return torch.stack([torch.cat([x[:i], x[i + 1 :]]).prod() for i in range(len(x))])
# --- solved | asks autograd.grad with a loop for the product
import torch


def slopes(numbers):
    x = torch.tensor([n * 1.0 for n in numbers], requires_grad=True)
    product = x[0]
    for factor in x[1:]:
        product = product * factor
    return torch.autograd.grad(product, x)[0]


print(slopes([2, 3, 4]))
