import torch

x = torch.tensor(3.0)
x.backward()
