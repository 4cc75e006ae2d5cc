"""You turned the sine into a cosine yourself, but kept the product, and autograd differentiated that mixture. It knows
the slope of the sine: write the sine.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = torch.cos(x) * x
    y.sum().backward()
    return x.grad
