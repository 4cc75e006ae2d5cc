"""By hand, and one path is missing: the slope of a product has two terms, one for each factor. Let
autograd walk both: write the function into `y`, not its derivative into `return`.
"""
import torch


def calculate_gradient_wrt_function(values):
    return torch.cos(values) * values
