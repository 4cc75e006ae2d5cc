import torch


def slopes(numbers):
    x = torch.tensor(numbers).float().requires_grad_(True)
    x.prod().backward()
    return x.grad
