"""The matrix is right, but the caller's tensor is not what it was: it requires grad now and carries a `.grad`. Work
on a copy.
"""
import torch


def calculate_jacobian_matrix(values):
    x = values.requires_grad_(True)
    y = x * 1
    rows = []
    for one_hot in torch.eye(y.numel()):
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        rows.append(x.grad.clone().flatten())
        x.grad.zero_()
    return torch.stack(rows)
