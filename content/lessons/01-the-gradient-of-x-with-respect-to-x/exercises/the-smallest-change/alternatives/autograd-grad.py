import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    (gradient,) = torch.autograd.grad((x * x).sum(), x)
    return gradient
