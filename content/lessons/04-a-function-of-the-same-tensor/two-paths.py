import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x * x
y.sum().backward()
print(x.grad)
print([node.name() for node, _ in y.grad_fn.next_functions])
