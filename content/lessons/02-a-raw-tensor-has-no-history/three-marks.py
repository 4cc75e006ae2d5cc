import torch

a = torch.tensor([2.0, 4.0])
b = torch.tensor([2.0, 4.0], requires_grad=True)
c = torch.tensor([1.0, 2.0]) * 2
d = torch.tensor([1.0, 2.0], requires_grad=True) * 2

for name, t in zip("abcd", (a, b, c, d)):
    print(name, t)
    print("  requires_grad:", t.requires_grad, "  is_leaf:", t.is_leaf)
