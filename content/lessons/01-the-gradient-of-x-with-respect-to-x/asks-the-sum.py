import torch

x = torch.tensor([1.0, 2.0])
s = x.sum()
s.requires_grad_(True)
s.backward()
print(x.grad, s.grad)
