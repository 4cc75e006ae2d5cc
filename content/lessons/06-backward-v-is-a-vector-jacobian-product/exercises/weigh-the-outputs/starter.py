import torch


def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    y = f(x)
    y.sum().backward()
    return x.grad


def f(x):
    return torch.stack([x[0] * x[1], x[0] + x[1]])


values = torch.tensor([2.0, 3.0])
weights = torch.tensor([1.0, 10.0])
print(weighted_gradient(f, values, weights))
