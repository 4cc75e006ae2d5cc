"""The second output finds the graph gone: a walk back frees what the nodes saved. Ask for the graph to be kept until you are
through.
"""
import torch


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    y = f(x)
    return torch.stack([torch.autograd.grad(y[i], x)[0][j] for i in range(len(y))])
