"""Asks for one tensor of 40 GB."""
# ends: RuntimeError.*can't allocate memory
import torch

torch.zeros(10**10)
