"""All your rows are the last one. The list holds one tensor several times: `x.grad` is emptied *before*
each row and filled again, and all entries of the list see that. Copy each row with `clone()`.
"""
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = []
    for i in range(output_tensor.numel()):
        one_hot = torch.zeros_like(output_tensor)
        one_hot.view(-1)[i] = 1
        if x.grad is not None:
            x.grad.zero_()
        output_tensor.backward(one_hot, retain_graph=True)
        rows.append(x.grad)
    return torch.stack(rows)
