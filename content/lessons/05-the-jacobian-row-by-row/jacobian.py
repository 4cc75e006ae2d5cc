import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * x
    rows = []
    for one_hot in torch.eye(y.numel()):
        weights = one_hot.reshape(y.shape)
        y.backward(weights, retain_graph=True)  # kept for the next row
        rows.append(x.grad.clone())  # a copy, before it is emptied
        x.grad.zero_()  # or the rows would add up
    return torch.stack(rows)


numbers = torch.tensor([1.0, 2.0])
print("x is", numbers)
print("the Jacobian of x * x is")
print(calculate_jacobian_matrix(numbers))
