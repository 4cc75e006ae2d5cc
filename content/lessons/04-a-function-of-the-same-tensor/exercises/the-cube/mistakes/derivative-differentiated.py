"""You put the derivative into `y`, and autograd differentiated it once more: $3x^2$ became $6x$. Write the function
that you start from. Its derivative is what comes back.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = 3 * x**2
    y.sum().backward()
    return x.grad
