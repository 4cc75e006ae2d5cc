import torch


def calculate_identity_gradient(values):
    return values


print(calculate_identity_gradient(torch.tensor([[1.0, 2.0], [3.0, 4.0]])))
