import torch

x = torch.tensor([0.5, 1.0, 2.0], requires_grad=True)
y = torch.sin(x**2)
y.sum().backward()
print("autograd", x.grad)

with torch.no_grad():
    inner = 2 * x
    outer = torch.cos(x**2)
    print("by hand ", outer * inner)
