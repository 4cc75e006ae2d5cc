"""You return `None`. The tensor whose `.grad` you read is not the one that was tracked: a conversion makes
a second tensor, and the gradient went there. Keep one name for the tensor that is tracked.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers)
    floats = x.float().requires_grad_(True)
    floats.prod().backward()
    return x.grad
