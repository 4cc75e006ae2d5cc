import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    guess = (w * x).sum()
    loss = (guess - target) ** 2
    loss.backward()
    return w.grad


w = torch.tensor([1.0, 2.0])
x = torch.tensor([3.0, 4.0])
print(slope_of_loss(w, x, 10.0))
