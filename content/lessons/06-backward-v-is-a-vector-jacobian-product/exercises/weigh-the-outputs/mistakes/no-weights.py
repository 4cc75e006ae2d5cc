"""All outputs count the same in your answer. `sum()` is a start with a weight of one for each; hand the weights to the
walk instead.
"""


def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    f(x).sum().backward()
    return x.grad
