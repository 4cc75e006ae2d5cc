import torch


def f(x):
    return torch.stack([x[0] * x[1], x[0] + x[1]])


v = torch.tensor([1.0, 10.0])

x = torch.tensor([2.0, 3.0], requires_grad=True)
f(x).sum().backward()
print("weighted afterwards:", v * x.grad)

x = torch.tensor([2.0, 3.0], requires_grad=True)
f(x).backward(v)
print("weighted before:    ", x.grad)
