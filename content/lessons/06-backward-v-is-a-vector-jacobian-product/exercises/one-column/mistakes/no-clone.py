"""All entries are the same. `x.grad[j]` is a view of `.grad`, and the list sees what becomes of it; put a copy there.
"""
import torch


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    y = f(x)
    entries = []
    for one_hot in torch.eye(len(y)):
        y.backward(one_hot, retain_graph=True)
        entries.append(x.grad[j])
        x.grad.zero_()
    return torch.stack(entries)
