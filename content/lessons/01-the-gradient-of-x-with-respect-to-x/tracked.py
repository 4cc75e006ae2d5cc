import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
s = x.sum()
print(s)
s.backward()
print(x.grad)
