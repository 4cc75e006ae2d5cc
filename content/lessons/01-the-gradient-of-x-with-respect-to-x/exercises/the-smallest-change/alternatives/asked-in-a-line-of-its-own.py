import torch


def slopes(numbers):
    x = torch.tensor(numbers)
    x.requires_grad_(True)
    loss = (x * x).sum()
    loss.backward()
    return x.grad
