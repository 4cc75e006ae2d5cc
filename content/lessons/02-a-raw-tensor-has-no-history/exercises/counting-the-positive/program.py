import torch

x = torch.tensor([1.5, -2.0, 0.5], requires_grad=True)
count = (x > 0).float().sum()
count.backward()
print(x.grad)
