"""Every row shows the sum of all of them. There is only one `.grad`: you put the same tensor into the
list each time, and each `backward` adds to it. Copy it with `clone()`, then set it to zero.
"""
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = []
    for i in range(output_tensor.numel()):
        one_hot = torch.zeros_like(output_tensor)
        one_hot.view(-1)[i] = 1
        output_tensor.backward(one_hot, retain_graph=True)
        rows.append(x.grad)
    return torch.stack(rows)
