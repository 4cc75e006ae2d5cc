import torch
from torch.autograd.functional import jacobian

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * x
rows = []
for one_hot in torch.eye(2):
    (row,) = torch.autograd.grad(y, x, one_hot, retain_graph=True)
    rows.append(row)
print(torch.stack(rows))
print(x.grad)

print(jacobian(lambda t: t * t, x))
