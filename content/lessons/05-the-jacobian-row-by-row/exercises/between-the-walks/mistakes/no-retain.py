"""The first walk frees what the product has saved, and the second one finds nothing left. The graph has to be kept."""
import torch


def calculate_jacobian(values):
    x = values.clone().requires_grad_(True)
    y = x * x
    rows = []
    for i in range(y.numel()):
        one_hot = torch.eye(y.numel())[i]
        y.backward(one_hot)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
