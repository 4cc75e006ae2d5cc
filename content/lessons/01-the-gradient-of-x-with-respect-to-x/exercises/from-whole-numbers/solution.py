import torch


def slopes(numbers):
    x = torch.tensor(numbers, dtype=torch.float32, requires_grad=True)
    x.prod().backward()
    return x.grad


print(slopes([2, 3, 4]))
