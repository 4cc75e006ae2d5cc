import torch


def calculate_gradient(values, scale):
    x = values.detach().clone().requires_grad_(True)
    y = (scale.detach() * x + 2) ** 2
    y.sum().backward()
    return x.grad


numbers, scale = torch.tensor([1.0, 2.0]), torch.tensor([3.0, -1.0])
print(calculate_gradient(numbers, scale))
