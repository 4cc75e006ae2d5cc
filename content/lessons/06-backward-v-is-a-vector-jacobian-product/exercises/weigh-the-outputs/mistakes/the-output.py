"""What comes back are the weighted *outputs*. After the walk the gradient is found at the leaf that the walk ended in.
"""


def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    y = f(x)
    y.backward(weights)
    return (weights * y).detach()
