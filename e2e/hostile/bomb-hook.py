"""Starts a backward pass in the hook of each."""
# ends: Ended
import torch

def again(grad):
    with torch.enable_grad():
        x = torch.ones(2, requires_grad=True)
        x.register_hook(again)
        (x * 2).sum().backward()

again(None)
