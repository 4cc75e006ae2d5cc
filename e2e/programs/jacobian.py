import torch

def calculate_jacobian_matrix(values):
    tracked = values.clone().requires_grad_(True)
    
    squares = tracked * tracked  # every element by itself

    rows = []
    for index in range(squares.numel()):
        one_hot = torch.zeros_like(squares)
        one_hot.view(-1)[index] = 1  # this output alone

        squares.backward(one_hot, retain_graph=True)
        rows.append(tracked.grad.clone())
        tracked.grad.zero_()  # the next row starts from nothing

    return torch.stack(rows)

vector = torch.tensor([1.0, 2.0], requires_grad=False)
print("Given:\n", vector)
print("Jacobian:\n", calculate_jacobian_matrix(vector))
