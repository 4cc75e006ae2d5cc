"""Keeps the engine's own loops busy, in which Python has no say."""
# ends: Stopped
import torch

big = torch.ones(4000, 4000)
for _ in range(1000):
    big @ big
