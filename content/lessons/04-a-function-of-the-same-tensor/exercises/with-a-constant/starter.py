import torch


def calculate_gradient(values, scale):
    return values


print(calculate_gradient(torch.tensor([1.0, 2.0]), torch.tensor([3.0, -1.0])))
