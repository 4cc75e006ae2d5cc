"""Takes memory in tensors until there is none."""
# ends: can't allocate memory|MemoryError
import torch

kept = []
while True:
    kept.append(torch.ones(5_000_000))
