import torch


def slope_of_loss(w, x, target):
    w = w.detach().clone().requires_grad_(True)
    error = w @ x - target
    return torch.autograd.grad(error * error, w)[0]
