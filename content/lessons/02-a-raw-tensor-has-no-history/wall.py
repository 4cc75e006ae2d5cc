import torch

a = torch.tensor([2.0, 4.0])
b = torch.tensor([2.0, 4.0], requires_grad=True)
c = torch.tensor([1.0, 2.0]) * 2
d = torch.tensor([1.0, 2.0], requires_grad=True) * 2

for t in (a, b, c, d):
    print(t.tolist(), t.grad_fn is not None)
