"""That is the gradient with respect to the scale, $2 \cdot (\dots) \cdot x$. Track the values instead, and return what the
walk left there.
"""
import torch


def calculate_gradient(values, scale):
    c = scale.detach().clone().requires_grad_(True)
    y = (c * values.detach() + 2) ** 2
    y.sum().backward()
    return c.grad
