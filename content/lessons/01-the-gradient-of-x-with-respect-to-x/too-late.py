import torch

x = torch.tensor([1.0, 2.0])
s = x.sum()
x.requires_grad_(True)
s.backward()
