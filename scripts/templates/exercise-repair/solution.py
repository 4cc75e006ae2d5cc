import torch


def slopes(values):
    x = values.clone().requires_grad_(True)
    y = x**2
    y.sum().backward()
    return x.grad


print(slopes(torch.tensor([1.0, 2.0])))
