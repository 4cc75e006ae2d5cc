"""You get ones, the slopes of the plain sum. The function squares its numbers first: keep the product.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    loss = x.sum()
    loss.backward()
    return x.grad
