"""The ones are there, but the caller got them as well. `retain_grad()` keeps a gradient in passing; it does not
stop the walk, which goes on into the caller's `.grad`. Cut the copy off instead.
"""
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    x.retain_grad()
    y = x * 1
    y.sum().backward()
    return x.grad
