import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad


weights = torch.tensor([1.0, 2.0], requires_grad=True)
print(calculate_identity_gradient(weights))
print(weights.grad)
