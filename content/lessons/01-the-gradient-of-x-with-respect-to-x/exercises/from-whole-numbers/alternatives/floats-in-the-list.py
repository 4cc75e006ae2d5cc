import torch


def slopes(numbers):
    x = torch.tensor([float(number) for number in numbers], requires_grad=True)
    (gradient,) = torch.autograd.grad(x.prod(), x)
    return gradient
