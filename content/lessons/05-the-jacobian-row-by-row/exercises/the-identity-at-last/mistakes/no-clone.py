"""All rows are zero. You put `.grad` itself, or a view of it, into the list, and emptied it afterwards; the list
sees that. Put a copy there.
"""
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    rows = []
    for one_hot in torch.eye(y.numel()):
        y.backward(one_hot.reshape(y.shape), retain_graph=True)
        rows.append(x.grad.flatten())
        x.grad.zero_()
    return torch.stack(rows)
