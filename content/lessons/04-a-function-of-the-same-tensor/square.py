import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x**2  # any function you like, written in torch
    y.sum().backward()
    return x.grad


numbers = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print("x is")
print(numbers)
print("the gradient of x squared is")
print(calculate_gradient_wrt_function(numbers))
