"""The conversion was recorded, so the tensor you read is the result of an operation, and such a tensor keeps no
gradient. Convert first and ask for tracking last, or do both where the tensor is made.
"""
import torch


def slopes(numbers):
    x = torch.tensor([float(number) for number in numbers], requires_grad=True) * 1.0
    x.prod().backward()
    return x.grad
