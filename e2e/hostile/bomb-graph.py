"""Lets the graph of a computation grow until there is no memory."""
# ends: can't allocate memory
import torch

x = torch.ones(1, requires_grad=True)
y = x
while True:
    y = y + x
