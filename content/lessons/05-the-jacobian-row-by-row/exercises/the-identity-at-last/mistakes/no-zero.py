"""The ones pile up below the diagonal. Every walk adds to `.grad`, so each row still holds the rows before it.
What has to happen between two walks?
"""
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    rows = []
    for one_hot in torch.eye(y.numel()):
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        rows.append(x.grad.clone().flatten())
    return torch.stack(rows)
