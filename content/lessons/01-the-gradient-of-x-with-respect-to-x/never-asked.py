import torch

x = torch.tensor([1.0, 2.0])
s = x.sum()
print(s)
print(x.grad)
