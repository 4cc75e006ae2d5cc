"""The rows are right, but a table's rows are still tables. For a matrix each has to be made flat before they are
stacked.
"""
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    rows = []
    for one_hot in torch.eye(y.numel()):
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
