import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad


numbers = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(calculate_identity_gradient(numbers))
