import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = (x * 1).flatten()
    rows = [torch.autograd.grad(y[i], x, retain_graph=True)[0].flatten() for i in range(len(y))]
    return torch.stack(rows)
