"""In Python the caret is no power: `^` combines the bits of whole numbers, and floats have none to offer. Powers are
written with two stars.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x ^ 3
    y.sum().backward()
    return x.grad
