"""What you return is `None`: no gradient was stored there. Either nobody called `backward`, or you return what
`backward` gives, or `.grad` of a tensor that the walk never reached. Only a tracked leaf is given one.
"""
import torch


def calculate_identity_gradient(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum()
    return x.grad
