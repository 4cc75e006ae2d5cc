"""Ones again: a sum, or weights of one, ask all outputs at once, and their rows come back added up. To see them
apart, start from one output at a time.
"""
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad
