"""You wrote the derivative into `y`, and autograd differentiated it again. Put the function there as it stands in the
task; its derivative is what comes back.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = torch.cos(x) * x + torch.sin(x)
    y.sum().backward()
    return x.grad
