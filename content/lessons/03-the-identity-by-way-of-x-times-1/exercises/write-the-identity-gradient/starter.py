import torch


def calculate_identity_gradient(values):
    return values


numbers = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(calculate_identity_gradient(numbers))
