"""You add up first and take the cube of the sum. Then every element has the same slope, for the cube mixes them
all. First the function of each element, then the sum.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x.sum()**3
    y.sum().backward()
    return x.grad
