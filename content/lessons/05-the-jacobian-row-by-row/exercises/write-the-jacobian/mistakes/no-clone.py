"""All your rows are the same tensor. You keep `x.grad` itself in the list, and `zero_()` empties that very
tensor, so at the end every row is zero. Keep a copy: `x.grad.clone()`.
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
        x.grad.zero_()
    return torch.stack(rows)
