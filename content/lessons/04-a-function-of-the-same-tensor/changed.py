import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x**2
with torch.no_grad():
    x += 1  # a step of training, one line too early
y.sum().backward()
