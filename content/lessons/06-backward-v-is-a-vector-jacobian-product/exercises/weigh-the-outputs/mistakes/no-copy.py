"""The gradient is right, and the caller's tensor has changed: it requires grad now and carries a gradient. Track a copy.
"""


def weighted_gradient(f, values, weights):
    x = values.requires_grad_(True)
    f(x).backward(weights)
    return x.grad
