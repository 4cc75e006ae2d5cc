import torch
from torch.autograd.functional import jacobian

v = torch.tensor([1.0, 2.0])
print(jacobian(lambda x: x, v))
