import torch

x = torch.tensor([1.0, 2.0])
early = x * 3
x.requires_grad_(True)
late = x * 3
print(early.requires_grad, late.requires_grad)
