"""After the first row the graph is gone: a walk back frees what the nodes saved. Even `x * 1` saves something. Ask
for the graph to be kept.
"""
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    rows = []
    for one_hot in torch.eye(y.numel()):
        y.backward(one_hot.reshape(y.shape))
        rows.append(x.grad.clone().flatten())
        x.grad.zero_()
    return torch.stack(rows)
