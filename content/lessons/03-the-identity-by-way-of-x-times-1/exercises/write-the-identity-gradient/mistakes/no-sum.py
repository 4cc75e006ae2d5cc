"""There are several outputs, and `backward` starts by itself from one number only. Which operation turns all of
them into one number, and counts each of them once?
"""
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.backward()
    return x.grad
