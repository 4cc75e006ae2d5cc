import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad


print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
