"""The copy of a tracked tensor is not a leaf: `clone()` is an operation like any other, and it was recorded. So the
gradient runs through your copy into the caller's tensor. What takes a tensor out of its history?
"""
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad
