"""The numbers are right, but a `scale` that requires grad has collected a gradient of its own: `backward` fills
every leaf it can reach. A constant must not be reachable. How do you take a tensor out of the graph?
"""
import torch


def calculate_gradient(values, scale):
    x = values.detach().clone().requires_grad_(True)
    y = (scale * x + 2) ** 2
    y.sum().backward()
    return x.grad
