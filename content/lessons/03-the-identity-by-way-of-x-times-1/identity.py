import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)  # our own copy, and autograd watches it
    y = x * 1  # the same numbers, but now they have a past
    y.sum().backward()  # from one number, back to x
    return x.grad


numbers = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print("x is")
print(numbers)
print("its gradient is")
print(calculate_identity_gradient(numbers))
