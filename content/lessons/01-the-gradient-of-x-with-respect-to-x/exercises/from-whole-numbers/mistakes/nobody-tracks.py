"""Now they are floats, but nobody tracks them while the product is computed. A record is needed as well, from before the
product on.
"""
import torch


def slopes(numbers):
    x = torch.tensor(numbers, dtype=torch.float32)
    x.prod().backward()
    return x.grad
