import torch

x = torch.tensor([2.0, 3.0], requires_grad=True)
product, total = x[0] * x[1], x[0] + x[1]
weights = [torch.tensor(1.0), torch.tensor(10.0)]
torch.autograd.backward([product, total], weights)
print(x.grad)
