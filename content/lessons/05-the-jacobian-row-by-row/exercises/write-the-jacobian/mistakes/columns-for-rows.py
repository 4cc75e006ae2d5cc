"""You have put the rows side by side, as columns. What one `backward` gives are the derivatives of
*one* output: a row of the Jacobian. Stack them along the first dimension, which is what `torch.stack(rows)` does.
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
        x.grad.zero_()
    return torch.stack(rows, dim=-1)
