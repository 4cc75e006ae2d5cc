"""The sine counts as a constant here: it was taken of a tensor that does not lead to your leaf, so only the other
factor has a slope. Take the sine of the tracked tensor.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = torch.sin(values) * x
    y.sum().backward()
    return x.grad
