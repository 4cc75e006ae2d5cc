"""Ones are the slopes of the last lesson's function, $y = x$. The line that makes `y` still multiplies by one.
"""
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad
