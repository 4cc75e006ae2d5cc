"""Three everywhere: that is the slope of three times $x$, a straight line. A cube multiplies `x` with itself; its
slope depends on where you are.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = 3 * x
    y.sum().backward()
    return x.grad
