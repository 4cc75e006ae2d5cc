import torch


def gradient(start):
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    start(x**2)
    return x.grad


v = torch.tensor([0.5, 0.0, 2.0])
print("sum:     ", gradient(lambda y: y.sum().backward()))
print("ones:    ", gradient(lambda y: y.backward(torch.ones(3))))
print("weighted:", gradient(lambda y: (v * y).sum().backward()))
print("v:       ", gradient(lambda y: y.backward(v)))
