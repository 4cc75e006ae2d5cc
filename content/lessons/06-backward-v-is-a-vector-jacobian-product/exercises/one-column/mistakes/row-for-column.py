"""That is a row: the slopes of one output with respect to all inputs. The column has *one* input and all outputs. So it
has as many entries as there are outputs.
"""
import torch


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    return torch.autograd.grad(f(x)[j], x)[0]
