"""By hand, and without the inner derivative: the square gives $2 \cdot (\dots)$, but what stands in the parentheses moves
with $x$ as well. Autograd does not forget that; let it differentiate.
"""
import torch


def calculate_gradient(values, scale):
    return (2 * (scale * values + 2)).detach()
