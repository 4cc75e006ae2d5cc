"""Loops in a tensor's hook, in the middle of the backward pass."""
# ends: Stopped
import torch

def spin(grad):
    while True:
        pass

x = torch.ones(2, requires_grad=True)
x.register_hook(spin)
(x * 2).sum().backward()
