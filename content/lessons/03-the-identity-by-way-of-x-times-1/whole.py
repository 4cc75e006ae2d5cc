import torch
from torch.autograd.functional import jacobian

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
J = jacobian(lambda t: t * 1, x)
print(J.shape)

square = J.reshape(4, 4)  # a row for each output
print(square)
print(square.sum(dim=0).reshape(2, 2))  # its rows, added up
