import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x**2

for v in ([1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [0.1, 1.0, 0.001]):
    x.grad = None
    y.backward(torch.tensor(v), retain_graph=True)
    print(v, x.grad)
