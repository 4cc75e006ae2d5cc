"""That is $y$ itself. Return what `backward` left in `x.grad`."""
import torch


def slopes(values):
    x = values.clone().requires_grad_(True)
    y = x**2
    return y.detach()


print(slopes(torch.tensor([1.0, 2.0])))
