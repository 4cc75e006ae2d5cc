import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = torch.stack([x[0] * x[1], x[1] + x[2]])
rows = []
for one_hot in torch.eye(2):
    (row,) = torch.autograd.grad(y, x, one_hot, retain_graph=True)
    rows.append(row)
print(torch.stack(rows))
