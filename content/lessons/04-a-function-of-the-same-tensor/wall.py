import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x**2 + 100
y.sum().backward()
print(y.detach())
print(x.grad)
