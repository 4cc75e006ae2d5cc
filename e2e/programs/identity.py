"""One backward pass through a multiplication by one."""

import torch


def calculate_identity_gradient(values):
    tracked = values.detach().clone().requires_grad_(True)
    same = tracked * 1
    same.sum().backward()

    # the sum weighs every element with one
    return tracked.grad


matrix = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print("Given:\n", matrix)
print("Gradient:\n", calculate_identity_gradient(matrix))
