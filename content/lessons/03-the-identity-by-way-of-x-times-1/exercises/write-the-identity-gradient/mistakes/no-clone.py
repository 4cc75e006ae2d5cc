"""The ones are right, but the caller's tensor has changed: it requires grad now and carries a `.grad`. You switched
tracking on for the very tensor you were given. Which method makes a copy first?
"""
import torch


def calculate_identity_gradient(values):
    x = values.requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad
