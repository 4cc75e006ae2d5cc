"""The graph is gone after the first row. `backward` frees what the graph has saved as soon as it has
walked it, so the second row finds nothing. Ask it to keep the graph for the rows that follow: `retain_graph=True`.
"""
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = []
    for i in range(output_tensor.numel()):
        one_hot = torch.zeros_like(output_tensor)
        one_hot.view(-1)[i] = 1
        output_tensor.backward(one_hot)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)
