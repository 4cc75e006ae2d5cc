import torch

x = torch.tensor([1.0, 2.0])
tracked = torch.tensor(x, requires_grad=True)
tracked.sum().backward()
print(x.grad, tracked.grad)
