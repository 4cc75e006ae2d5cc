import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_()
    (gradient,) = torch.autograd.grad((1 * x).sum(), x)
    return gradient
