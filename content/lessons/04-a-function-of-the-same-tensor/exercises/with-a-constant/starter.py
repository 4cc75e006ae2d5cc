import torch


def calculate_gradient(values, scale):
    return values


numbers, scale = torch.tensor([1.0, 2.0]), torch.tensor([3.0, -1.0])
print(calculate_gradient(numbers, scale))
