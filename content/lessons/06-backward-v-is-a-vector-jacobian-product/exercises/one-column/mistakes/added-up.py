"""One number came back: the whole column, added up. A sum over the outputs cannot be taken apart again; ask each output
for itself.
"""
import torch


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    return torch.autograd.grad(f(x).sum(), x)[0][j]
