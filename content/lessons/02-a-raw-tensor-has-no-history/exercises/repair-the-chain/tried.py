# --- still-cut | mends the first cut only, and keeps the lines that print
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    guess = (w * x).sum()
    loss = torch.tensor((guess - target).item() ** 2)
    loss.backward()
    return w.grad


w = torch.tensor([1.0, 2.0])
x = torch.tensor([3.0, 4.0])
print(slope_of_loss(w, x, 10.0))
# --- still-cut | mends the second cut only
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    with torch.no_grad():
        guess = (w * x).sum()
    loss = (guess - target) ** 2
    loss.backward()
    return w.grad


w = torch.tensor([1.0, 2.0])
x = torch.tensor([3.0, 4.0])
print(slope_of_loss(w, x, 10.0))
# --- asks-the-loss | lets the loss require grad
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    with torch.no_grad():
        guess = (w * x).sum()
    loss = torch.tensor((guess - target).item() ** 2, requires_grad=True)
    loss.backward()
    return w.grad


w = torch.tensor([1.0, 2.0])
x = torch.tensor([3.0, 4.0])
print(slope_of_loss(w, x, 10.0))
# --- no-copy | tracks the caller's weights
import torch


def slope_of_loss(w, x, target):
    w.requires_grad_()
    loss = ((w @ x) - target).square()
    loss.backward()
    return w.grad


print(slope_of_loss(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]), 10.0))
# --- slope-of-the-guess | walks from the guess
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    guess = (w * x).sum()
    loss = guess - target
    loss.backward()
    return w.grad
# --- The number at [0] is 3.0. Expected: 6.0 | forgets the factor two, by hand
import torch


def slope_of_loss(w, x, target):
    return (w @ x - target) * x
# --- target-forgotten | squares the guess
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    guess = (w * x).sum()
    (guess**2).backward()
    return w.grad
# --- each-for-itself | sums last
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    loss = torch.sum(torch.square(w * x - target))
    loss.backward()
    return w.grad
# --- The program raises AttributeError, on line 8 | asks a number for backward
import torch


def slope_of_loss(w, x, target):
    w = w.clone().requires_grad_(True)
    guess = (w * x).sum()
    loss = (guess - target).item() ** 2
    loss.backward()
    return w.grad
# --- solved | with mse_loss
import torch
import torch.nn.functional as F


def slope_of_loss(w, x, target):
    w = w.detach().clone().requires_grad_(True)
    F.mse_loss(torch.dot(w, x), torch.tensor(target)).backward()
    return w.grad
# --- solved | by hand, which the numbers cannot tell
import torch


def slope_of_loss(w, x, target):
    return 2 * (w @ x - target) * x
# --- solved | with a helper, and enable_grad
import torch


def squared_error(w, x, target):
    return (torch.matmul(w, x) - target).pow(2)


@torch.enable_grad()
def slope_of_loss(w, x, target):
    leaf = torch.nn.Parameter(w.clone())
    squared_error(leaf, x, target).backward()
    return leaf.grad


if __name__ == "__main__":
    print(slope_of_loss(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]), 10.0))
