import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = torch.sin(x) * x
    y.sum().backward()
    return x.grad


numbers = torch.tensor([1.0, 2.0, 3.0])
print(calculate_gradient_wrt_function(numbers))
