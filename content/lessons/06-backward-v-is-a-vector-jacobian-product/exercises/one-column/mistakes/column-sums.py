"""Those are the sums of *all* columns, one for each input. Of one column every single entry is wanted, one for each output.
"""


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    f(x).sum().backward()
    return x.grad
