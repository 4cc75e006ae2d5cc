"""One of the two paths leads nowhere. The factor outside the sine has no history that leads to your leaf, so autograd takes
it for a constant. Which of your tensors is the tracked one?
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = torch.sin(x) * values
    y.sum().backward()
    return x.grad
