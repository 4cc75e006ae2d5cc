"""Loops while the engine warns."""
# ends: Stopped
import warnings

import torch

def spin(*args, **kwargs):
    while True:
        pass

warnings.showwarning = spin
x = torch.ones(2, requires_grad=True)
print((x * 2).grad)
