import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.detach().clone().requires_grad_()
    output = x * x + x.flatten()[0]
    rows = [torch.autograd.grad(y, x, retain_graph=True)[0] for y in output.flatten()]
    return torch.stack(rows)
