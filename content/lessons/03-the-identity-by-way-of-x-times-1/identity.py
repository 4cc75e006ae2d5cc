import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)  # a copy, tracked
    y = x * 1  # the same numbers, with a past
    y.sum().backward()  # from one number, back to x
    return x.grad


numbers = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print("x is")
print(numbers)
print("its gradient is")
print(calculate_identity_gradient(numbers))
