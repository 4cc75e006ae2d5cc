"""With an input of two dimensions rows are missing. `len(x)` is the length of the first dimension only.
There is a row for each *number* of the output: `output_tensor.numel()`.
"""
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = []
    for i in range(len(x)):
        one_hot = torch.zeros_like(output_tensor)
        one_hot.view(-1)[i] = 1
        output_tensor.backward(one_hot, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
