"""You weighed the finished gradient. Its places are inputs, and the weights belong to outputs; for `x ** 3` that makes no
difference, for a function that mixes its inputs it does.
"""


def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    f(x).sum().backward()
    return weights * x.grad
