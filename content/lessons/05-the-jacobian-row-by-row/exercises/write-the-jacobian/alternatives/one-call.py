import torch


def calculate_jacobian(input_tensor):
    def squares(x):
        return (x ** 2 + x.reshape(-1)[0]).reshape(-1)

    return torch.autograd.functional.jacobian(squares, input_tensor)
