import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
s = (x ** 2).sin().sum()
print(s.grad_fn.next_functions[0][0]._saved_self)
