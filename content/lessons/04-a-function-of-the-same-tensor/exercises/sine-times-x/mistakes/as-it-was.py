"""This is still the slope of the square that you started with: only the line that makes `y` has to change.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x**2
    y.sum().backward()
    return x.grad
