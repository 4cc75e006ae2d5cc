"""You took the sine of a product, $\sin(x \cdot x)$. Asked for is the product of a sine: first the sine, then times
$x$. Mind the parentheses.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = torch.sin(x * x)
    y.sum().backward()
    return x.grad
