import torch


def slopes(numbers):
    x = torch.tensor(numbers, requires_grad=True)
    x.prod().backward()
    return x.grad


print(slopes([2, 3, 4]))
