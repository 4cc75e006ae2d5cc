import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * x
    rows = []
    for one_hot in torch.eye(y.numel()):
        y.backward(one_hot.reshape(y.shape), retain_graph=True)  # the next row needs the graph again
        rows.append(x.grad.clone())  # a copy, for x.grad is emptied next
        x.grad.zero_()  # or the next row would be added to this one
    return torch.stack(rows)


numbers = torch.tensor([1.0, 2.0])
print("x is", numbers)
print("the Jacobian of x * x is")
print(calculate_jacobian_matrix(numbers))
