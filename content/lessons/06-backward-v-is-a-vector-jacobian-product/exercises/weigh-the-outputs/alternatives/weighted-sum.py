def weighted_gradient(f, values, weights):
    x = values.clone().requires_grad_(True)
    (weights * f(x)).sum().backward()
    return x.grad
