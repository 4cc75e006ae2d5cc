import torch


def slopes(numbers):
    x = torch.tensor(numbers)
    loss = (x * x).sum()
    loss.backward()
    return x.grad


print(slopes([1.0, 2.0]))
