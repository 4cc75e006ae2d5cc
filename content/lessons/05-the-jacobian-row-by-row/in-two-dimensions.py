import torch

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
y = x * x
rows = []
for one_hot in torch.eye(y.numel()):
    weights = one_hot.reshape(y.shape)
    (row,) = torch.autograd.grad(y, x, weights, retain_graph=True)
    rows.append(row)
J = torch.stack(rows)
print(J.shape)
print(J.reshape(y.numel(), x.numel()))
