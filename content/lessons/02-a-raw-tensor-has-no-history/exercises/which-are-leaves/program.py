import torch

a = torch.tensor([1.0, 2.0])
b = torch.tensor([1.0, 2.0], requires_grad=True)
c = a * 2
d = b * 2
e = d.detach()
f = b.clone()
for tensor in (a, b, c, d, e, f):
    print(tensor.is_leaf, tensor.grad_fn)
