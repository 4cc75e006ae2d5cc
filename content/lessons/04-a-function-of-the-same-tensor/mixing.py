import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x.cumsum(dim=0)  # y[2] is x[0] + x[1] + x[2]
y.sum().backward()
print(x.grad)
